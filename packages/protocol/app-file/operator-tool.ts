import * as z from "zod";
import { duration } from "./duration.ts";
import { common } from "./tool-parts.ts";

/**
 * Asks for a human of the app's team to take the conversation over. The model may give a `reason`. It goes on when the
 * operator has given the chat back, or nobody came in time.
 */
export const operatorTool = z.object({
  kind: z.literal("operator"),
  ...common,
  /** How long to wait for somebody to come. */
  expires: duration.default("24h"),
});
export type OperatorTool = z.infer<typeof operatorTool>;
