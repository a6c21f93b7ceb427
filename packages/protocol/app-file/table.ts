import * as z from "zod";
import { identifier } from "../ids.ts";

export const COLUMN_TYPES = [
  "text",
  "integer",
  "number",
  "money",
  "boolean",
  "date",
  "datetime",
  "enum",
  "email",
] as const;

/**
 * A column. JSON values: text, email, enum → string; integer, number → number; money → number with at most
 * two decimals, in the app's currency; boolean; date → `YYYY-MM-DD`; datetime → ISO 8601 UTC.
 */
export const column = z
  .object({
    type: z.enum(COLUMN_TYPES),
    title: z.string().max(80).optional(),
    description: z.string().max(400).optional(),
    required: z.boolean().default(false),
    /** Of an enum. */
    values: z.array(z.string().min(1).max(80)).min(1).max(50).optional(),
    /** Regular expression a text must match as a whole, e.g. `[A-Z]-\d{4}`. */
    pattern: z.string().max(200).optional(),
    examples: z
      .array(z.union([z.string(), z.number(), z.boolean()]))
      .max(10)
      .optional(),
    default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  })
  .refine(
    (it) => (it.type === "enum") === (it.values !== undefined),
    "an enum has `values`, nothing else does",
  );
export type Column = z.infer<typeof column>;

/** What a sample row is seen as owned by: the app's creator, or an invented person. */
const sampleRow = z.object({
  owner: z.enum(["creator", "sample"]).default("creator"),
  values: z.record(identifier, z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** A table of the app. `owner: "user"`: a person's tools see their own rows only. `key`: the column people name a row by. */
export const table = z.object({
  title: z.string().min(1).max(80),
  description: z.string().max(400).optional(),
  owner: z.enum(["user", "shared"]).default("user"),
  key: identifier,
  /** With a prefix, the runtime numbers new rows itself: `R-1001`, `R-1002` … */
  key_prefix: z
    .string()
    .regex(/^[A-Z]{1,6}-$/, "must look like 'R-'")
    .optional(),
  columns: z.record(identifier, column),
  /** Columns that rows are looked up or sorted by, each list one index. What the key and the tools look up by has one by itself. */
  indexes: z.array(z.array(identifier).min(1).max(4)).max(8).optional(),
  sample: z.array(sampleRow).max(50).default([]),
});
export type Table = z.infer<typeof table>;
export type SampleRow = z.infer<typeof sampleRow>;
