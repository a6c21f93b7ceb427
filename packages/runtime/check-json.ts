import * as z from "zod";
import type { JsonSchema } from "./column-schema.ts";

export type Checked =
  | { ok: true; value: Record<string, unknown> }
  | { ok: false; issues: { path: string; message: string }[] };

/** Checks a value against an object's JSON Schema and keeps only the properties it names. */
export function checkJson(schema: JsonSchema, value: unknown): Checked {
  // What a schema does not name is left out below rather than refused: models add properties now and then.
  const { additionalProperties: _closed, properties = {}, ...open } = schema;
  const parsed = z.fromJSONSchema({ ...open, properties: withoutPatterns(properties) }).safeParse(value);
  if (!parsed.success)
    return {
      ok: false,
      issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message })),
    };
  const given = parsed.data as Record<string, unknown>;
  const known = Object.keys((schema.properties ?? {}) as object);
  return {
    ok: true,
    value: Object.fromEntries(
      known.filter((key) => given[key] !== undefined).map((key) => [key, given[key]]),
    ),
  };
}

/** What an app's schema may not do to us: the patterns, and references that lead nowhere. */
const LEFT_OUT = new Set(["pattern", "patternProperties", "propertyNames", "$ref", "$defs", "definitions"]);

/**
 * An app's pattern never becomes a RegExp here, however deep it stands: a hostile one could stall the isolate. The tables
 * check patterns themselves, in linear time.
 */
function withoutPatterns(properties: unknown): Record<string, JsonSchema> {
  const named = Object.entries(properties as Record<string, JsonSchema>);
  return Object.fromEntries(named.map(([name, schema]) => [name, plainSchema(schema)]));
}

function plainSchema(schema: JsonSchema): JsonSchema {
  const kept = Object.entries(schema).filter(([keyword]) => !LEFT_OUT.has(keyword));
  return Object.fromEntries(
    kept.map(([keyword, value]) => {
      if (keyword === "properties") return [keyword, withoutPatterns(value)];
      return [keyword, keyword === "items" ? plainSchema(value as JsonSchema) : value];
    }),
  );
}

/** Issues as one sentence for a model or a person: `amount: Invalid input; reason: …`. */
export function sentence(issues: { path: string; message: string }[]): string {
  return issues
    .map(({ path, message }) => (path ? `${path.replaceAll("_", " ")}: ${message}` : message))
    .join("; ");
}
