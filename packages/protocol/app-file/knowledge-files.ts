import * as z from "zod";

/** Name of a file under `knowledge/`: text, so Markdown, plain text or alike. */
export const knowledgeFileName = z
  .string()
  .regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/, "must be a name like 'returns-policy.md'")
  .max(120)
  .refine((it) => !it.includes(".."), "must not contain '..'");

/** Texts that the agents may cite, by name under `knowledge/`. */
export const knowledgeFiles = z
  .record(knowledgeFileName, z.string().min(1).max(500_000))
  .refine((it) => Object.keys(it).length <= 100, "has more than 100 files");
