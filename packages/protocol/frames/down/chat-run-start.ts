import * as z from "zod";
import { frame } from "./frame.ts";

/** A run begins, or goes on after a pause with the same `run_id`. */
export const chatRunStart = frame("chat.run_start", {
  workflow: z.string(),
  chat_id: z.string(),
  run_id: z.string(),
});
