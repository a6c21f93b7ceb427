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

/**
 * An app's pattern never becomes a RegExp here: a hostile one could stall the isolate. The tables check patterns
 * themselves, in linear time.
 */
function withoutPatterns(properties: unknown): Record<string, JsonSchema> {
  const named = Object.entries(properties as Record<string, JsonSchema>);
  return Object.fromEntries(named.map(([name, { pattern: _pattern, ...rest }]) => [name, rest]));
}

/** Issues as one sentence for a model or a person: `amount: Invalid input; reason: …`. */
export function sentence(issues: { path: string; message: string }[]): string {
  return issues
    .map(({ path, message }) => (path ? `${path.replaceAll("_", " ")}: ${message}` : message))
    .join("; ");
}
