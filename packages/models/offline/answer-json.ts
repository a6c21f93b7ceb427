import { fold } from "./dialogue/fold.ts";
import { fill } from "./fill/fill.ts";
import { isValid } from "./fill/valid.ts";
import { isRecord } from "./scene/read-happenings.ts";
import { readTools } from "./scene/read-tools.ts";
import type { Scene, Schema } from "./scene/scene.ts";

/**
 * An answer as one JSON object that fits a schema: from what tools found in this turn, then from what was said, and
 * what nothing tells gets the plainest value the schema allows. `otherwise`: what would have been said instead.
 */
export function answerJson(schema: Schema, scene: Scene, otherwise: string): string {
  const [tool] = readTools([{ type: "function", name: "give_answer", inputSchema: schema }]);
  const { talk, turn } = fold(scene);
  if (!tool) return JSON.stringify(plainest(schema, otherwise));
  const found = Object.assign(
    {},
    ...(turn?.done ?? []).map(({ outcome }) => ({ ...outcome.facts, ...outcome.rows?.[0] })),
  );
  const given: Record<string, unknown> = {};
  for (const property of tool.properties) {
    const value = Object.hasOwn(found, property.name) ? found[property.name] : undefined;
    if (value !== undefined && isValid(value, property)) given[property.name] = value;
  }
  const texts = turn ? [turn.message] : [];
  const { args } = fill({ tool, texts, given }, talk, scene.persona, new Set());
  const all = { ...plainest(schema, otherwise), ...args };
  return JSON.stringify(all);
}

/** Every required property with the plainest value its schema allows. */
function plainest(schema: Schema, text: string): Record<string, unknown> {
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.fromEntries(
    required.flatMap((name) => {
      const own = typeof name === "string" && Object.hasOwn(properties, name) ? properties[name] : undefined;
      return typeof name === "string" ? [[name, plainValue(isRecord(own) ? own : {}, text)]] : [];
    }),
  );
}

function plainValue(schema: Schema, text: string): unknown {
  if ("default" in schema) return schema.default;
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (Array.isArray(schema.examples) && schema.examples.length > 0) return schema.examples[0];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case "boolean":
      return false;
    case "integer":
    case "number":
      return leastNumber(schema, type === "integer");
    case "array":
      return Array.from({ length: Math.min(numberOf(schema.minItems) ?? 0, 20) }, () =>
        plainValue(isRecord(schema.items) ? schema.items : {}, text),
      );
    case "object":
      return plainest(schema, text);
    case "null":
      return null;
    default:
      return plainText(schema, text);
  }
}

function leastNumber(schema: Schema, whole: boolean): number {
  const step = whole ? 1 : 0.5;
  const above = numberOf(schema.exclusiveMinimum);
  const least = numberOf(schema.minimum) ?? (above === null ? 0 : above + step);
  const most = numberOf(schema.maximum) ?? (numberOf(schema.exclusiveMaximum) ?? Infinity) - step;
  const value = Math.min(Math.max(0, least), most);
  return whole ? Math.ceil(value) : value;
}

function plainText(schema: Schema, text: string): string {
  switch (schema.format) {
    case "date":
      return "2000-01-01";
    case "date-time":
      return "2000-01-01T00:00:00Z";
    case "time":
      return "00:00:00Z";
    case "email":
      return "nobody@example.com";
    case "uri":
      return "https://example.com";
    default: {
      const said = [...text].slice(0, numberOf(schema.maxLength) ?? 2_000).join("");
      return said.padEnd(Math.min(numberOf(schema.minLength) ?? 0, 2_000), ".");
    }
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
