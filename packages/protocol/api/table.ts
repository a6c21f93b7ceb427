import * as z from "zod";
import { column } from "../app-file/table.ts";
import { id, identifier, time } from "../ids.ts";

/** A JSON value of a column: see the column types of the app's file. */
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const cells = z.record(identifier, cell);

/** A row of an app's table. `owner`: the user whose it is. `sample`: it came with the app. */
export const row = z.object({
  id: z.string(),
  owner: z.string(),
  sample: z.boolean(),
  created_at: time,
  values: z.record(z.string(), cell),
});
export type TableRow = z.infer<typeof row>;

/** A table as it stands: columns of earlier versions are kept. `rows` counts over all owners. */
export const tableInfo = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string().optional(),
  owner: z.enum(["user", "shared"]),
  key: z.string(),
  columns: z.record(z.string(), column),
  rows: z.number().int(),
});
export type TableInfo = z.infer<typeof tableInfo>;
export const tableList = z.object({ tables: z.array(tableInfo) });

/**
 * `sort`: a column, `-` before it for downwards; newest first without. `filter`, as often as wanted:
 * `column:op:value` with `eq gt gte lt lte prefix contains empty`; texts compare without case.
 */
export const rowsQuery = z.object({
  cursor: z.string().max(24_000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  sort: z
    .string()
    .regex(/^-?[a-z][a-z0-9_]{0,62}$/, "must be a column, like 'name' or '-name'")
    .optional(),
  filter: z.union([z.string().max(4_200), z.array(z.string().max(4_200)).max(10)]).optional(),
  owner: id.optional(),
});
export const rowPage = z.object({ items: z.array(row), next_cursor: z.string().nullable() });

/** `owner`: whose the row is; whoever asks, if absent. */
export const createRow = z.strictObject({ values: cells, owner: id.optional() });
/** What is absent stays as it is; null empties a column. */
export const patchRow = z.strictObject({
  values: cells.refine((it) => Object.keys(it).length > 0, "nothing to change"),
});

const flag = (fallback: "true" | "false") =>
  z
    .enum(["true", "false"])
    .default(fallback)
    .transform((it) => it === "true");

/** `guard`: texts that a spreadsheet would calculate get an apostrophe before them. `meta`: `_id`, `_owner`, `_created_at` too. */
export const exportQuery = z.object({ guard: flag("true"), meta: flag("false") });

/**
 * The body is CSV with a first line of column names. `map` renames: `Their name:column`, `Their name:` leaves one out.
 * `dry_run`: nothing is written, the answer says what would be.
 * `owner`: whose new rows are (whoever asks, if absent); `owner_column`: the field of each line that names their user id.
 */
export const importQuery = z.object({
  mode: z.enum(["insert", "upsert"]).default("insert"),
  guard: flag("true"),
  dry_run: flag("false"),
  all_or_nothing: flag("false"),
  owner: id.optional(),
  owner_column: z.string().min(1).max(200).optional(),
  map: z.union([z.string().max(300), z.array(z.string().max(300)).max(100)]).optional(),
});

/**
 * Good lines are in the table, wrong ones are not: `errors` names the first 100 of them. With `all_or_nothing`, one wrong
 * line and none is.
 */
export const imported = z.object({
  lines: z.number().int(),
  inserted: z.number().int(),
  updated: z.number().int(),
  failed: z.number().int(),
  errors: z.array(z.object({ line: z.number().int(), message: z.string() })),
});
export type Imported = z.infer<typeof imported>;
