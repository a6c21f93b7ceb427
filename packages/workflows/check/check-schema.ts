import * as z from "zod";
import { oneOf, type Report } from "./finding.ts";

/** The part of JSON Schema that cards speak: what a page can make a form of, and nothing that could stall us. */
const KEYWORDS = [
  "type",
  "title",
  "description",
  "properties",
  "required",
  "additionalProperties",
  "items",
  "enum",
  "const",
  "default",
  "format",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
];
const TYPES = ["object", "array", "string", "number", "integer", "boolean"];
const MAX_DEPTH = 6;
const MAX_PROPERTIES = 40;

/** A JSON Schema of an object, in the keywords of cards. */
export function checkSchema(at: string, schema: Record<string, unknown>, report: Report): void {
  if (schema.type !== "object") report(`${at}.type`, "It must describe an object.");
  let sound = true;
  const note: Report = (where, message) => {
    sound = false;
    report(where, message);
  };
  walk(at, schema, 0, note);
  if (!sound) return;
  try {
    z.fromJSONSchema(schema);
  } catch {
    report(at, "This is not a JSON Schema.");
  }
}

function walk(at: string, schema: unknown, depth: number, report: Report): void {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) {
    report(at, "A schema is an object.");
    return;
  }
  if (depth > MAX_DEPTH) {
    report(at, `It is nested deeper than ${MAX_DEPTH}.`);
    return;
  }
  const { type, properties, items } = schema as Record<string, unknown>;
  for (const keyword of Object.keys(schema))
    if (!KEYWORDS.includes(keyword)) report(`${at}.${keyword}`, `Cards do not know it; ${oneOf(KEYWORDS)}.`);
  if (type !== undefined && !TYPES.includes(String(type)))
    report(`${at}.type`, `It is none; ${oneOf(TYPES)}.`);
  if (properties !== undefined) {
    const named = typeof properties === "object" && properties !== null ? Object.entries(properties) : [];
    if (named.length > MAX_PROPERTIES) report(`${at}.properties`, `There are more than ${MAX_PROPERTIES}.`);
    for (const [name, property] of named) walk(`${at}.properties.${name}`, property, depth + 1, report);
  }
  if (items !== undefined) walk(`${at}.items`, items, depth + 1, report);
}
