import * as z from "zod";
import { frame } from "./frame.ts";

/** The full text of a stream; replaces its chunks. `interrupted`: the model stopped before its end. */
export const chatStreamEnd = frame("chat.stream_end", {
  stream_id: z.string(),
  message_id: z.string(),
  content: z.string(),
  interrupted: z.boolean().optional(),
});
