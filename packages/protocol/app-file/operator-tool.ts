import * as z from "zod";
import { duration } from "./duration.ts";

/**
 * Asks for a human of the app's team to take the conversation over. The model may give a `reason`. It goes on when the
 * operator has given the chat back, or nobody came in time.
 */
export const operatorTool = z.object({
  kind: z.literal("operator"),
  title: z.string().max(80).optional(),
  /** What a model reads to decide whether to call it: plain prose. */
  description: z.string().min(1).max(600),
  /** How long to wait for somebody to come. */
  expires: duration.default("24h"),
});
export type OperatorTool = z.infer<typeof operatorTool>;
