import * as z from "zod";
import { attachment } from "../../attachment.ts";
import { frame } from "./frame.ts";

/** A whole message: the person's, an operator's, or one that was never streamed. */
export const chatText = frame("chat.text", {
  message_id: z.string(),
  role: z.enum(["user", "assistant", "system"]),
  content: z.string(),
  index: z.number().int().optional(),
  /** Whom of the team an `assistant` message is from. */
  operator: z.string().optional(),
  attachments: z.array(attachment).optional(),
  client_message_id: z.string().optional(),
});
