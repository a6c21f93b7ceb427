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
  "data",
  "text",
  "status",
  "untrusted",
  "from",
  "left_out",
  "cut",
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
  // Programs wrap what they answer in `data` as often as not.
  const many = [value.rows, value.data].find(Array.isArray);
  const one = [value.row, value.data].find(isObject);
  const rows = many ? many.filter(isObject) : one ? [one] : null;
  const facts = Object.fromEntries(Object.entries(value).filter(([key]) => !BOOKKEEPING.has(key)));
  return {
    ok,
    declined: value.declined === true,
    dismissed: value.dismissed === true,
    error,
    rows,
    single: !many && one !== undefined,
    count: typeof value.count === "number" ? value.count : (rows?.length ?? null),
    facts,
    text: [value.message, value.text, value.data].find((it) => typeof it === "string") ?? null,
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
