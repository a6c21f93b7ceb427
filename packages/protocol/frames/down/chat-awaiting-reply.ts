import * as z from "zod";
import { frame } from "./frame.ts";

/** The run waits for a person: the one who chats, or (`operator`) somebody of the app's team. */
export const chatAwaitingReply = frame("chat.awaiting_reply", {
  reason: z.enum(["ui", "approval", "plan", "operator"]),
  tool_call_id: z.string().optional(),
});
