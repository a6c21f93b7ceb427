import * as z from "zod";
import { frame } from "./frame.ts";

/** Replay ends here; what follows is live. `gap`: frames were left out, resume from `last_seq` you have. */
export const chatResumeBoundary = frame("chat.resume_boundary", {
  chat_id: z.string(),
  message_count: z.number().int(),
  total_messages: z.number().int(),
  replayed_messages: z.number().int(),
  last_seq: z.number().int(),
  gap: z.boolean().optional(),
});
