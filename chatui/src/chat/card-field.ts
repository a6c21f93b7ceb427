import { FIELD_TYPES } from "#protocol/app-file/field-types";
import { cleanText } from "./clean-text.ts";
import { humanise } from "./humanise.ts";

/** `json`: anything else, as text. */
export type FieldType = (typeof FIELD_TYPES)[number] | "json";

/** A field of a form. `name` has a dot where it is part of an object: `address.city`. */
export type CardField = {
  name: string;
  label: string;
  type: FieldType;
  options: string[];
  required: boolean;
  hint?: string;
  /** What stands in it at first. */
  value?: FieldValue;
  min?: number;
  max?: number;
};

/** What an input holds: text, a checkbox's state, the ticked options. */
export type FieldValue = string | boolean | string[];

type Json = Record<string, unknown>;

/** A field as a form's payload lists it; null without a name. */
export function readField(value: unknown): CardField | null {
  const field = record(value);
  const name = text(field.name);
  if (!name) return null;
  return {
    name,
    label: text(field.label) || humanise(name),
    type: FIELD_TYPES.find((it) => it === field.type) ?? "text",
    options: Array.isArray(field.options) ? field.options.map(String) : [],
    required: field.required !== false,
    ...details(text(field.hint), field.default, field.min, field.max),
  };
}

/**
 * Fields of a JSON Schema: one per property, in its order; those of an object one level down each by themselves.
 * What no input fits is given as JSON.
 */
export function fieldsOf(schema: Json, under: { name: string; label: string } | null = null): CardField[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(record(schema.properties)).flatMap(([key, value]) => {
    const property = record(value);
    const name = under ? `${under.name}.${key}` : key;
    const own = text(property.title) || humanise(key);
    const label = under ? `${under.label}: ${own.toLowerCase()}` : own;
    if (!under && !key.includes(".") && property.type === "object" && property.properties !== undefined)
      return fieldsOf(property, { name, label });
    const { type, options } = inputOf(property);
    const { min, max } = boundsOf(property);
    const field: CardField = {
      name,
      label,
      type,
      options,
      required: required.includes(key),
      ...details(text(property.description), firstOf(type, property.default), min, max),
    };
    return [field];
  });
}

function inputOf(property: Json): { type: FieldType; options: string[] } {
  const options = (of: unknown) => (Array.isArray(of) && of.every((it) => typeof it === "string") ? of : []);
  const own = options(property.enum);
  if (own.length > 0) return { type: "choice", options: own };
  const many = property.type === "array" ? options(record(property.items).enum) : [];
  if (many.length > 0) return { type: "multi_choice", options: many };
  return { type: typeOf(property), options: [] };
}

function typeOf(property: Json): FieldType {
  const { type, format } = property;
  if (type === "boolean" || type === "number" || type === "integer") return type;
  if (type !== undefined && type !== "string") return "json";
  if (type === undefined && property.enum !== undefined) return "json";
  if (format === "date" || format === "email") return format;
  return Number(property.maxLength) > 200 ? "long_text" : "text";
}

function boundsOf(property: Json): { min: unknown; max: unknown } {
  return {
    min: property.minimum ?? property.minLength ?? property.minItems,
    max: property.maximum ?? property.maxLength ?? property.maxItems,
  };
}

function details(hint: string, value: unknown, min: unknown, max: unknown): Partial<CardField> {
  const first = firstValue(value);
  return {
    ...(hint ? { hint } : {}),
    ...(first === undefined ? {} : { value: first }),
    ...(typeof min === "number" ? { min } : {}),
    ...(typeof max === "number" ? { max } : {}),
  };
}

function firstOf(type: FieldType, value: unknown): unknown {
  return type === "json" && value !== undefined ? JSON.stringify(value) : value;
}

function firstValue(value: unknown): FieldValue | undefined {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return String(value);
  return Array.isArray(value) ? value.map(String) : undefined;
}

export function record(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function text(value: unknown): string {
  return typeof value === "string" ? cleanText(value) : "";
}
