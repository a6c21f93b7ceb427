import * as z from "zod";
import { branding } from "../../app-file/branding.ts";
import { frame } from "./frame.ts";

/** The first frame of every connection. `last_seq` is −1 in an empty log. */
export const chatMeta = frame("chat_meta", {
  chat_id: z.string(),
  workflow_name: z.string(),
  app_id: z.string(),
  enterprise_id: z.string(),
  user_id: z.string(),
  chat_exists: z.boolean(),
  status: z.enum(["idle", "running", "waiting"]),
  last_seq: z.number().int(),
  workflow_version: z.number().int(),
  branding: branding.optional(),
});
