import * as z from "zod";
import { identifier } from "../ids.ts";
import { httpTool } from "./http-tool.ts";
import { knowledgeTool } from "./knowledge-tool.ts";
import { mcpTool } from "./mcp-tool.ts";
import { operatorTool } from "./operator-tool.ts";
import { cel, working } from "./tool-parts.ts";
import { uiTool } from "./ui-tool.ts";

/**
 * Reads or writes one table as the person who chats: rows of others do not exist for it (`owner: "user"` tables).
 * - `get`: one row by the columns in `by`, all required.
 * - `find`: rows that match the given columns of `by` (each optional), newest first, at most 20.
 * - `insert`: a row from the columns in `set`; one is required if its column is.
 * - `update`: the row found by `by` gets the given columns of `set`.
 * `count` counts rows that are there already, for `require`: by its `as` CEL knows how many.
 * `lookup` finds a row of another table by arguments first and fails when there is none; `values` sets columns
 * by CEL, so that no model can invent them; `require` refuses with its message when its CEL is false.
 */
export const tableTool = z.object({
  kind: z.literal("table"),
  ...working,
  table: identifier,
  action: z.enum(["get", "find", "insert", "update"]),
  by: z.array(identifier).max(10).default([]),
  set: z.array(identifier).max(40).default([]),
  lookup: z
    .array(
      z.object({
        as: identifier,
        table: identifier,
        /** Column of the looked-up table → name of the argument. */
        by: z.record(identifier, identifier),
      }),
    )
    .max(4)
    .default([]),
  count: z
    .array(
      z.object({
        as: identifier,
        /** Whose rows of the tool's table: the person's own, or those of all people. */
        of: z.enum(["person", "everybody"]),
        /** Columns in which they have the value of the argument of the same name. */
        same: z.array(identifier).max(4).default([]),
        /** Instead of how many: what this column of whole numbers adds up to. */
        sum: identifier.optional(),
        /** Rows that do not count: cancelled ones. */
        unless: z.object({ column: identifier, value: z.string().max(80) }).optional(),
      }),
    )
    .max(4)
    .optional(),
  values: z.record(identifier, cel).default({}),
  require: z
    .array(z.object({ when: cel, message: z.string().min(1).max(300) }))
    .max(10)
    .default([]),
});
export type TableTool = z.infer<typeof tableTool>;

export const tool = z.discriminatedUnion("kind", [
  tableTool,
  uiTool,
  operatorTool,
  knowledgeTool,
  httpTool,
  mcpTool,
]);
export type Tool = z.infer<typeof tool>;
