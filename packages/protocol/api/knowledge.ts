import * as z from "zod";
import { id, time } from "../ids.ts";

/**
 * A file that an app's agents may cite. `source`: `app` came with the live version, `upload` from its owner. It is found
 * once it is `ready`; `failed` says why in `reason`.
 */
export const knowledgeFile = z.object({
  file_id: id,
  source: z.enum(["app", "upload"]),
  name: z.string(),
  title: z.string(),
  media_type: z.string(),
  /** Bytes. */
  size: z.number().int(),
  status: z.enum(["indexing", "ready", "failed"]),
  reason: z.string().nullable(),
  passages: z.number().int(),
  created_at: time,
});
export type KnowledgeFileView = z.infer<typeof knowledgeFile>;
