import * as z from "zod";
import { frame } from "./frame.ts";

/** A piece of a message as the model sent it; `chunk_seq` counts from 0 within the stream. */
export const chatStreamChunk = frame("chat.stream_chunk", {
  stream_id: z.string(),
  chunk_seq: z.number().int(),
  content: z.string(),
});
