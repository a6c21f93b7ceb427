import { patternOf } from "../fill/pattern.ts";
import type { PropertyKind, Schema } from "./scene.ts";

const has = (text: string, ...stems: string[]) => new RegExp(`\\b(?:${stems.join("|")})`, "i").test(text);

/** What sort of value a property wants, from its schema first and from its words where the schema is silent. */
export function propertyKind(label: string, description: string, schema: Schema): PropertyKind {
  if (Array.isArray(schema.enum)) return "enum";
  const type = Array.isArray(schema.type) ? schema.type.find((it) => it !== "null") : schema.type;
  if (type === "boolean") return "boolean";
  if (type === "integer") return isMoneyWord(label) ? "money" : "integer";
  if (type === "number") return isMoneyWord(`${label} ${description}`) ? "money" : "number";
  if (type === "array") return "list";
  if (type !== "string" && type !== undefined) return "other";
  if (type === undefined && (schema.properties || schema.anyOf || schema.oneOf)) return "other";
  return fromFormat(schema.format) ?? textKind(label, description, schema);
}

function fromFormat(format: unknown): PropertyKind | null {
  switch (format) {
    case "date":
      return "date";
    case "date-time":
      return "datetime";
    case "time":
      return "time";
    case "email":
      return "email";
    case "uri":
    case "url":
      return "url";
    default:
      return null;
  }
}

function textKind(label: string, description: string, schema: Schema): PropertyKind {
  const examples = (Array.isArray(schema.examples) ? schema.examples : []).filter(
    (it): it is string => typeof it === "string",
  );
  if (/\btime\b/.test(label) && isClock(schema, examples)) return "time";
  if (/\bown words\b|\bfree text\b/i.test(description)) return "prose";
  if (has(label, "e-?mail")) return "email";
  if (has(label, "phone", "mobile", "telephone", "cell number")) return "phone";
  if (typeof schema.pattern === "string")
    return /\d/.test(schema.pattern.replace(/\{[^}]*\}/g, "")) || /\\d/.test(schema.pattern)
      ? "code"
      : "text";
  if (examples.length > 0 && examples.every((it) => /^(?=.*\d)[\w./#-]{2,24}$/.test(it))) return "code";
  if (/\b(?:number|id|code|reference|ref|sku|no)\.?$/i.test(label)) return "code";
  if (has(label, "url", "website", "link$")) return "url";
  if (isProse(label)) return "prose";
  if (isPerson(label, description)) return "person";
  return "text";
}

/** Whether a text property wants a time of day: its pattern or an example takes one, or nothing speaks against it. */
function isClock(schema: Schema, examples: readonly string[]): boolean {
  const pattern = patternOf(schema.pattern);
  if (pattern) return pattern.test("09:30") || pattern.test("23:30");
  return examples.length === 0
    ? schema.pattern === undefined
    : examples.some((it) => /^\d{1,2}:\d{2}/.test(it));
}

/** Words under which people write freely. */
function isProse(label: string): boolean {
  return has(
    label,
    "reason",
    "descri",
    "notes?\\b",
    "details?\\b",
    "comments?\\b",
    "message",
    "problem",
    "issue\\b",
    "feedback",
    "summary",
    "complaint",
    "symptom",
    "explanation",
    "remarks?\\b",
    "request\\b",
    "special requests?",
    "question",
    "requirements?\\b",
    "what happened",
    "body\\b",
    "subject\\b",
    "concern",
    "background",
    "story",
    "instructions?\\b",
    "answer\\b",
    "text\\b",
  );
}

function isPerson(label: string, description: string): boolean {
  if (/^(?:full |first |last |your |contact |legal )?name$/i.test(label))
    return !has(
      description,
      "product",
      "item",
      "dish",
      "recipe",
      "class",
      "name of the (?!person|customer|guest|patient)",
    );
  return /\b(?:customer|patient|guest|client|contact|employee|attendee|member|student|caller|owner|applicant|candidate|person|visitor|buyer|tenant|passenger|traveller)(?:'s)? name\b/i.test(
    label,
  );
}

export function isMoneyWord(text: string): boolean {
  return (
    has(
      text,
      "price",
      "amount",
      "total",
      "cost",
      "fee\\b",
      "fees\\b",
      "budget",
      "salary",
      "rent\\b",
      "deposit",
      "charge",
      "payment",
      "refund",
      "subtotal",
      "discount amount",
      "spend",
      "fare\\b",
      "money",
    ) && !has(text, "number of", "count", "quantity", "percent")
  );
}
