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

/** Passages of a file, in their order; the cursor is a number. */
export const passagesQuery = z.object({
  cursor: z.coerce.number().int().min(0).max(1_000_000).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
/** `heading`: those it stands under, outermost first, joined by " › ". `page`: of a PDF, from 1. */
export const passage = z.object({
  position: z.number().int(),
  heading: z.string(),
  page: z.number().int().nullable(),
  text: z.string(),
});
export type PassageView = z.infer<typeof passage>;

/** What an agent would be shown for such words, best first; `n` is what a sentence would cite it by. */
export const knowledgeSearch = z.object({ q: z.string().trim().max(500).default("") });
export const knowledgeHits = z.object({
  hits: z.array(
    z.object({
      n: z.number().int(),
      file: z.string(),
      title: z.string(),
      heading: z.string(),
      page: z.number().int().optional(),
      text: z.string(),
    }),
  ),
});
export type KnowledgeHit = z.infer<typeof knowledgeHits>["hits"][number];
