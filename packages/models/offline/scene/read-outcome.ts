import type { LanguageModelV4ToolResultOutput } from "@ai-sdk/provider";
import type { Outcome } from "./scene.ts";

const BOOKKEEPING = new Set([
  "ok",
  "success",
  "error",
  "declined",
  "dismissed",
  "row",
  "rows",
  "count",
  "saved",
  "message",
]);

/** Reads a tool's answer, whoever wrote the tool: an object with rows, a bare list, a text, an error. */
export function readOutcome(output: LanguageModelV4ToolResultOutput): Outcome {
  switch (output.type) {
    case "json":
      return fromJson(output.value, true);
    case "error-json":
      return fromJson(output.value, false);
    case "text":
      return { ...empty(true), text: output.value };
    case "error-text":
      return { ...empty(false), error: output.value };
    case "execution-denied":
      return { ...empty(false), declined: true, error: output.reason ?? null };
    case "content":
      return {
        ...empty(true),
        text:
          output.value
            .map((part) => (part.type === "text" ? part.text : ""))
            .join(" ")
            .trim() || null,
      };
  }
}

function fromJson(value: unknown, fine: boolean): Outcome {
  if (Array.isArray(value)) return { ...empty(fine), rows: value.filter(isObject), count: value.length };
  if (!isObject(value)) return { ...empty(fine), text: value === null ? null : String(value) };
  const error = typeof value.error === "string" ? value.error : null;
  const ok = fine && value.ok !== false && value.success !== false && (error === null || value.ok === true);
  const rows = Array.isArray(value.rows)
    ? value.rows.filter(isObject)
    : isObject(value.row)
      ? [value.row]
      : null;
  const facts = Object.fromEntries(Object.entries(value).filter(([key]) => !BOOKKEEPING.has(key)));
  return {
    ok,
    declined: value.declined === true,
    dismissed: value.dismissed === true,
    error,
    rows,
    single: isObject(value.row),
    count: typeof value.count === "number" ? value.count : (rows?.length ?? null),
    facts,
    text: typeof value.message === "string" ? value.message : null,
  };
}

function empty(ok: boolean): Outcome {
  return {
    ok,
    declined: false,
    dismissed: false,
    error: null,
    rows: null,
    single: false,
    count: null,
    facts: {},
    text: null,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
