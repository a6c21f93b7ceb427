import * as z from "zod";
import { frame } from "./frame.ts";

/** Whether an answer to a card was taken; `reason` says what does not fit, and the answer may be sent again. */
export const ackToolCallResponse = frame("ack.tool_call_response", {
  tool_call_id: z.string(),
  status: z.enum(["accepted", "rejected"]),
  reason: z.string().optional(),
});
