import type { Column } from "#protocol/app-file/table";
import { humanise } from "../chat/humanise.ts";

export type Cell = string | number | boolean | null;

/** A value of a table for people to read. */
export function cellText(value: Cell, column: Column | undefined): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (column?.type === "money" && typeof value === "number") return value.toFixed(2);
  if (column?.type === "datetime" && typeof value === "string") {
    const at = new Date(value);
    if (!Number.isNaN(at.getTime()))
      return at.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  }
  return String(value);
}

export function columnTitle(name: string, column: Column): string {
  return column.title ?? humanise(name);
}

/** What stands in a field for a value. Times are of this device's zone, as its field wants them. */
export function typedOf(value: Cell, column: Column): string {
  if (value === null || value === undefined) return "";
  if (column.type === "datetime" && typeof value === "string") {
    const at = new Date(value);
    if (Number.isNaN(at.getTime())) return "";
    const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
    return local.toISOString().slice(0, 19);
  }
  return String(value);
}

/**
 * What was typed as a value of the column; empty is none. What is no number stays a text, so that the server says what is
 * wrong with it.
 */
export function cellOf(typed: string, column: Column): Cell {
  const text = column.type === "text" ? typed : typed.trim();
  if (text === "") return null;
  switch (column.type) {
    case "integer":
    case "number":
    case "money":
      return Number.isFinite(Number(text)) ? Number(text) : text;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : text;
    case "datetime": {
      const at = new Date(text);
      return Number.isNaN(at.getTime()) ? text : at.toISOString();
    }
    default:
      return text;
  }
}
