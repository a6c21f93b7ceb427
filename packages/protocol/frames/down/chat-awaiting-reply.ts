import * as z from "zod";
import { frame } from "./frame.ts";

/** The run waits for a person. */
export const chatAwaitingReply = frame("chat.awaiting_reply", {
  reason: z.enum(["ui", "approval", "plan"]),
  tool_call_id: z.string().optional(),
});
