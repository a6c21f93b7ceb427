import { LIMITS } from "#base/limits";
import type { UiTool } from "#protocol/app-file/ui-tool";
import type { JsonSchema } from "../column-schema.ts";
import type { Entry } from "../transcript.ts";
import { withinBytes } from "../within-bytes.ts";
import { formSchema } from "./form-schema.ts";

/** A card: what is shown, and the JSON Schema its answer must fit; without one it only shows. */
export type Card =
  | { ok: true; component: string; payload: Record<string, unknown>; response_schema: JsonSchema | null }
  /** Nothing to show, as a sentence for the model. */
  | { ok: false; error: string };

/** The card of a `ui` tool. `args` fit the tool's schema; `transcript` is where a table's rows may come from. */
export function cardOf(tool: UiTool, args: Record<string, unknown>, transcript: readonly Entry[] = []): Card {
  const message = typeof args.message === "string" ? args.message : tool.description;
  const { component } = tool;
  const shows = (payload: Record<string, unknown>, response_schema: JsonSchema | null): Card => ({
    ok: true,
    component,
    payload: { title: tool.title, message, ...payload },
    response_schema,
  });
  switch (component) {
    case "confirmation":
      return shows({}, confirmation);
    case "choice": {
      const options = tool.options.length > 0 ? tool.options : stringsOf(args.options);
      if (options.length === 0) return { ok: false, error: "A choice needs options to choose from." };
      const one = { type: "string", enum: options };
      return shows({ options }, tool.multiple ? object({ values: listOf(one) }) : object({ value: one }));
    }
    case "form":
      return shows({ fields: tool.fields }, formSchema(tool.fields));
    case "table": {
      const { rows, left_out } = rowsOf(tool, args, transcript);
      if (rows.length === 0) return { ok: false, error: "There are no rows to show." };
      const columns = tool.columns.length > 0 ? tool.columns : columnsOf(rows);
      const key = columns[0]?.name ?? "";
      const names = [...new Set(rows.map((row) => String(row[key] ?? "")).filter((name) => name !== ""))];
      const more = left_out > 0 ? { left_out } : {};
      const selected = {
        ...listOf({ type: "string", enum: names }),
        ...(tool.select === "one" ? { maxItems: 1 } : {}),
      };
      const waits = tool.select !== "none" && names.length > 0;
      return shows({ columns, rows, key, select: tool.select, ...more }, waits ? object({ selected }) : null);
    }
    case "card": {
      const { actions } = tool;
      const action = { type: "string", enum: actions };
      const payload = { heading: args.heading, facts: args.facts ?? [], actions };
      return shows(payload, actions.length > 0 ? object({ action }) : null);
    }
    case "progress":
      return shows(progressOf(args), null);
    default: {
      const { message: _said, ...given } = args;
      return shows({ args: given }, tool.schema ?? null);
    }
  }
}

/** How far a `progress` card is: `value` within 0 and `max`. */
export function progressOf(args: Record<string, unknown>): { value: number; max: number } {
  const max = typeof args.max === "number" && args.max > 0 ? args.max : 100;
  const value = typeof args.value === "number" ? args.value : 0;
  return { value: Math.min(Math.max(value, 0), max), max };
}

/** The answer to every confirmation and approval. */
export const confirmation: JsonSchema = {
  type: "object",
  properties: { approved: { type: "boolean" }, comment: { type: "string", maxLength: 2_000 } },
  required: ["approved"],
};

type RowShown = Record<string, unknown>;

function rowsOf(
  tool: UiTool,
  args: Record<string, unknown>,
  transcript: readonly Entry[],
): { rows: RowShown[]; left_out: number } {
  const found = transcript.findLast(
    (it) => it.kind === "tool" && it.tool_name === tool.rows_from && it.outcome.ok === true,
  );
  const outcome: Record<string, unknown> = found?.kind === "tool" ? found.outcome : {};
  const given: unknown =
    tool.rows_from === undefined
      ? args.rows
      : (outcome.rows ?? (outcome.row === undefined ? [] : [outcome.row]));
  const all = Array.isArray(given) ? given.filter(isRow) : [];
  const { rows } = withinBytes(all.slice(0, LIMITS.cardMaxRows), LIMITS.toolResultMaxBytes);
  return { rows, left_out: all.length - rows.length };
}

function isRow(value: unknown): value is RowShown {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function columnsOf(rows: RowShown[]): { name: string; label: string }[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return names.slice(0, 12).map((name) => ({ name, label: name.replaceAll("_", " ") }));
}

function object(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: "object", properties, required: Object.keys(properties) };
}

function listOf(items: JsonSchema): JsonSchema {
  return { type: "array", items, minItems: 1, maxItems: LIMITS.cardMaxRows };
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === "string").slice(0, 20)
    : [];
}
