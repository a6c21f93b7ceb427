import type { ToolItem } from "./chat-state.ts";
import { humanise } from "./humanise.ts";

export type CardField = {
  name: string;
  label: string;
  type: "text" | "long_text" | "number" | "boolean" | "date" | "email" | "choice";
  options: string[];
  required: boolean;
};

/** What a card asks, read from its payload; a component this page does not know is read from its JSON Schema. */
export type Card = { title: string; message: string; facts: [string, string][] } & (
  | { asks: "yes-no" }
  | { asks: "choice"; options: { value: string; label: string }[]; many: boolean }
  | { asks: "fields"; fields: CardField[] }
);

type Json = Record<string, unknown>;

const FIELD_TYPES: CardField["type"][] = [
  "text",
  "long_text",
  "number",
  "boolean",
  "date",
  "email",
  "choice",
];

export function readCard({ name, component, interaction, payload }: ToolItem): Card {
  const schema = record(payload.response_schema);
  const properties = record(schema.properties);
  const head = {
    title: text(payload.title) || humanise(name),
    message: text(payload.message),
    facts: Array.isArray(payload.facts) ? listedFacts(payload.facts) : facts(record(payload.args)),
  };
  const options = readOptions(payload.options, properties);
  if (component === "choice" && options.length > 0)
    return { ...head, asks: "choice", options, many: "values" in properties };
  if (component === "form" && Array.isArray(payload.fields))
    return { ...head, asks: "fields", fields: payload.fields.map(readField).filter((it) => it !== null) };
  const onlyApproval = "approved" in properties || Object.keys(properties).length === 0;
  if (component === "confirmation" || interaction === "approval" || onlyApproval)
    return { ...head, asks: "yes-no" };
  return { ...head, asks: "fields", fields: fieldsOf(schema) };
}

/** Fields of a flat JSON Schema: one per property, in its order. */
export function fieldsOf(schema: Json): CardField[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(record(schema.properties)).map(([name, value]) => {
    const property = record(value);
    const options = Array.isArray(property.enum) ? property.enum.map(String) : [];
    return {
      name,
      label: text(property.title) || humanise(name),
      type: options.length > 0 ? "choice" : typeOf(property),
      options,
      required: required.includes(name),
    };
  });
}

function typeOf(property: Json): CardField["type"] {
  if (property.type === "boolean") return "boolean";
  if (property.type === "number" || property.type === "integer") return "number";
  if (property.format === "date" || property.format === "email") return property.format;
  return "text";
}

function readField(value: unknown): CardField | null {
  const field = record(value);
  const name = text(field.name);
  if (!name) return null;
  const type = FIELD_TYPES.find((it) => it === field.type) ?? "text";
  const options = Array.isArray(field.options) ? field.options.map(String) : [];
  return {
    name,
    label: text(field.label) || humanise(name),
    type,
    options,
    required: field.required !== false,
  };
}

function readOptions(options: unknown, properties: Json): { value: string; label: string }[] {
  const listed = Array.isArray(options) ? options : record(properties.value).enum;
  if (!Array.isArray(listed)) return [];
  return listed.map((option) => {
    const value = text(record(option).value) || String(option);
    return { value, label: text(record(option).label) || value };
  });
}

function listedFacts(list: unknown[]): [string, string][] {
  return list.map(record).flatMap(({ name, label, value }): [string, string][] => {
    const shown = text(label) || humanise(text(name));
    return shown && value !== undefined && value !== null ? [[humanise(shown), String(value)]] : [];
  });
}

/** Simple values of a call's arguments, for the person to check before saying yes. */
export function facts(args: Json): [string, string][] {
  return Object.entries(args)
    .filter(([, value]) => ["string", "number", "boolean"].includes(typeof value))
    .map(([name, value]) => [
      humanise(name),
      typeof value === "boolean" ? (value ? "yes" : "no") : String(value),
    ]);
}

/**
 * The form's answer in the types its fields ask for. Empty optional fields are left out.
 * `values` are what inputs hold: strings, and booleans of checkboxes.
 */
export function formResponse(fields: CardField[], values: Record<string, string | boolean>): Json {
  return Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      const value = values[field.name];
      if (field.type === "boolean") return [[field.name, value === true]];
      if (typeof value !== "string" || value.trim() === "") return [];
      return [[field.name, field.type === "number" ? Number(value) : value.trim()]];
    }),
  );
}

export function record(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
