import * as z from "zod";
import { identifier } from "../ids.ts";
import { FIELD_TYPES } from "./field-types.ts";
import { common } from "./tool-parts.ts";

const option = z.string().min(1).max(80);

/** A field of a form. `min`, `max`: of a number, its value; of text, its length; of a multiple choice, how many. */
const field = z.object({
  name: identifier,
  label: z.string().min(1).max(120),
  type: z.enum(FIELD_TYPES),
  options: z.array(option).max(50).optional(),
  required: z.boolean().default(true),
  hint: z.string().max(200).optional(),
  /** What stands in it before the person changes it. */
  default: z.union([z.string().max(4_000), z.number(), z.boolean(), z.array(option).max(50)]).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
});
export type FormField = z.infer<typeof field>;

/** A JSON Schema of an object. What of it is understood: `packages/workflows/check/check-schema.ts`. */
const jsonSchema = z.record(z.string(), z.unknown());

/**
 * Shows the person a card. Those that wait, and their answers: `form` → `{…fields}`; `choice` → `{value}`, or
 * `{values}` if `multiple`; `confirmation` → `{approved}`; `table` with `select` → `{selected: […]}`, values of its first
 * column; `card` with `actions` → `{action}`; any other component → as `schema` says. Those that only show answer at once: a
 * `table`, a `card`, a `progress` (called again, it brings the same card on), another component without `schema`.
 * The model gives `message`, and what the component shows and the file does not fix: `options`, `rows`, `text` and `facts`,
 * `value`; of another component what `args` says. A page that does not know a component shows its facts, and a form made
 * from its `schema`.
 */
export const uiTool = z.object({
  kind: z.literal("ui"),
  ...common,
  component: identifier,
  display: z.enum(["inline", "artifact", "composer"]).default("inline"),
  /** Of a form. */
  fields: z.array(field).max(20).default([]),
  /** Of a choice; without them the model gives them. */
  options: z.array(option).max(20).default([]),
  /** Of a choice: more than one may be chosen. */
  multiple: z.boolean().default(false),
  /** Of a table, whose first column names a row. */
  columns: z
    .array(z.object({ name: identifier, label: z.string().min(1).max(120) }))
    .max(12)
    .default([]),
  /** Of a table: the rows are those that this tool of the agent found last, so that no model retypes them. */
  rows_from: identifier.optional(),
  /** Of a table: how many rows the person picks. */
  select: z.enum(["none", "one", "many"]).default("none"),
  /** Of a card: its buttons. */
  actions: z.array(option).max(6).default([]),
  /** Of another component: the JSON Schema of what the model gives. */
  args: jsonSchema.optional(),
  /** Of another component: the JSON Schema of the person's answer. */
  schema: jsonSchema.optional(),
});
export type UiTool = z.infer<typeof uiTool>;
