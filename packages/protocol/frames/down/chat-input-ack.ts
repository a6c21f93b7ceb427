import * as z from "zod";
import { frame } from "./frame.ts";

/** The message is in the log. */
export const chatInputAck = frame("chat.input_ack", {
  chat_id: z.string(),
  status: z.literal("accepted"),
  client_message_id: z.string().optional(),
  message_id: z.string(),
});
