import * as z from "zod";
import { frame } from "./frame.ts";

/** Another agent takes over. */
export const chatSelectSpeaker = frame("chat.select_speaker", {
  agent: z.string(),
  workflow: z.string().optional(),
  title: z.string().optional(),
});
