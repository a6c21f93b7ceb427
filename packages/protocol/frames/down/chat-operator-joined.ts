import * as z from "zod";
import { frame } from "./frame.ts";

/** A person of the app's team takes the chat over. `operator_id`: which member that is; told to the team only. */
export const chatOperatorJoined = frame("chat.operator_joined", {
  operator: z.string(),
  operator_id: z.string().optional(),
});
