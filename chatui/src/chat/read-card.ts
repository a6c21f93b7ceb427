import { words } from "../words/words.ts";
import { type CardField, fieldsOf, readField, record, text } from "./card-field.ts";
import type { ToolItem } from "./chat-state.ts";
import { cleanText } from "./clean-text.ts";
import { humanise } from "./humanise.ts";

/** What a card asks, read from its payload; a component this page does not know is read from its JSON Schema. */
export type Card = { title: string; message: string; facts: [string, string][] } & (
  | { asks: "yes-no" }
  | { asks: "choice"; options: { value: string; label: string }[]; many: boolean }
  | { asks: "fields"; fields: CardField[] }
  | { asks: "rows"; table: CardTable }
  | { asks: "action"; actions: string[] }
  /** It only shows. */
  | { asks: "nothing"; table?: CardTable; progress?: { value: number; max: number } }
);

/** `key`: the column whose value names a row in the answer. */
export type CardTable = {
  columns: { name: string; label: string }[];
  rows: Record<string, unknown>[];
  key: string;
  many: boolean;
  leftOut: number;
};

type Json = Record<string, unknown>;

export function readCard({ name, component, interaction, payload }: ToolItem): Card {
  const schema = record(payload.response_schema);
  const properties = record(schema.properties);
  const head = {
    title: text(payload.heading) || text(payload.title) || humanise(name),
    message: text(payload.message),
    facts: Array.isArray(payload.facts) ? listedFacts(payload.facts) : facts(record(payload.args)),
  };
  const options = readOptions(payload.options, properties);
  const table = component === "table" ? readTable(payload) : undefined;
  if (interaction === "ui_surface") {
    const { value, max } = payload;
    const counted = component === "progress" && typeof value === "number" && typeof max === "number";
    return {
      ...head,
      asks: "nothing",
      ...(table ? { table } : {}),
      ...(counted ? { progress: { value, max } } : {}),
    };
  }
  if (table && "selected" in properties) return { ...head, asks: "rows", table };
  if (component === "card" && "action" in properties)
    return { ...head, asks: "action", actions: optionsOf(record(properties.action).enum) };
  if (component === "choice" && options.length > 0)
    return { ...head, asks: "choice", options, many: "values" in properties };
  if (component === "form" && Array.isArray(payload.fields))
    return { ...head, asks: "fields", fields: payload.fields.map(readField).filter((it) => it !== null) };
  const onlyApproval = "approved" in properties || Object.keys(properties).length === 0;
  if (component === "confirmation" || interaction === "approval" || onlyApproval)
    return { ...head, asks: "yes-no" };
  return { ...head, asks: "fields", fields: fieldsOf(schema) };
}

function readTable(payload: Json): CardTable {
  const rows = (Array.isArray(payload.rows) ? payload.rows : []).map(record);
  const columns = (Array.isArray(payload.columns) ? payload.columns : [])
    .map(record)
    .flatMap(({ name, label }) => {
      const column = text(name);
      return column ? [{ name: column, label: text(label) || humanise(column) }] : [];
    });
  const leftOut = typeof payload.left_out === "number" ? payload.left_out : 0;
  return { columns, rows, key: text(payload.key), many: payload.select === "many", leftOut };
}

function optionsOf(listed: unknown): string[] {
  return Array.isArray(listed) ? listed.map(String) : [];
}

function readOptions(options: unknown, properties: Json): { value: string; label: string }[] {
  const asked = record(properties.value).enum ?? record(record(properties.values).items).enum;
  const listed = Array.isArray(options) ? options : asked;
  if (!Array.isArray(listed)) return [];
  return listed.map((option) => {
    const value = text(record(option).value) || String(option);
    return { value, label: text(record(option).label) || value };
  });
}

export function listedFacts(list: unknown[]): [string, string][] {
  return list.map(record).flatMap(({ name, label, value }): [string, string][] => {
    const shown = text(label) || humanise(text(name));
    return shown && value !== undefined && value !== null
      ? [[humanise(shown), cleanText(String(value))]]
      : [];
  });
}

/** Simple values of a call's arguments, for the person to check before saying yes. */
export function facts(args: Json): [string, string][] {
  return Object.entries(args).flatMap(([name, value]): [string, string][] => {
    const shown = shownValue(value);
    return shown === "" ? [] : [[humanise(name), shown]];
  });
}

/** A value as a person reads it; empty for what can't be read at a glance. */
export function shownValue(value: unknown): string {
  if (typeof value === "boolean") return value ? words().yes : words().no;
  if (typeof value === "string" || typeof value === "number") return cleanText(String(value));
  return Array.isArray(value)
    ? value
        .map(shownValue)
        .filter((it) => it !== "")
        .join(", ")
    : "";
}
