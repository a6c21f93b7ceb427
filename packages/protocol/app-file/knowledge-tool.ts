import * as z from "zod";
import { working } from "./tool-parts.ts";

/**
 * Looks passages of the app's files up by what is asked, and answers them numbered, so that a sentence can cite its
 * source as `[1]`. `files`: names of files, `*` for any characters; empty: all of them. `top`: passages at most.
 */
export const knowledgeTool = z.object({
  kind: z.literal("knowledge"),
  ...working,
  files: z
    .array(
      z.string().regex(/^[\p{L}\p{N} ._()*/-]{1,120}$/u, "must be the name of a file; '*' is any characters"),
    )
    .max(20)
    .default([]),
  top: z.number().int().min(1).max(8).default(4),
});
export type KnowledgeTool = z.infer<typeof knowledgeTool>;
