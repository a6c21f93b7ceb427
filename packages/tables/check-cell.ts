import * as z from "zod";
import { assertNever } from "#base/assert-never";
import type { SqlValue } from "#base/sql";
import type { Column } from "#protocol/app-file/table";
import { foldCase } from "./fold-case.ts";
import { compilePattern } from "./pattern.ts";
import { TABLE_LIMITS } from "./table-limits.ts";
import type { Cell } from "./tables.ts";

export type CheckedCell = { ok: true; stored: SqlValue } | { ok: false; message: string };

const isoDate = z.iso.date();
const isoDatetime = z.iso.datetime();
const email = z.email();

const fits = (stored: SqlValue): CheckedCell => ({ ok: true, stored });
const refused = (message: string): CheckedCell => ({ ok: false, message });

/**
 * A JSON value as SQLite stores it, or why it does not fit its column; the message completes "`column` …".
 * `match` values, which only look rows up, need not be well-formed: an email that is none finds no row.
 */
export function checkCell(column: Column, cell: Cell, use: "write" | "match"): CheckedCell {
  if (cell === null) return fits(null);
  switch (column.type) {
    case "text":
      return checkText(cell, use === "write" ? column.pattern : undefined);
    case "email":
      if (use === "write" && !email.safeParse(cell).success) return refused("must be an email address");
      return checkText(cell);
    case "enum":
      return checkEnum(column.values ?? [], cell);
    case "integer":
      return Number.isSafeInteger(cell)
        ? fits(unsignedZero(Number(cell)))
        : refused("must be a whole number");
    case "number":
      return typeof cell === "number" && Number.isFinite(cell)
        ? fits(unsignedZero(cell))
        : refused("must be a number");
    case "money":
      return checkMoney(cell);
    case "boolean":
      return typeof cell === "boolean" ? fits(cell ? 1 : 0) : refused("must be true or false");
    case "date":
      return isoDate.safeParse(cell).success ? fits(String(cell)) : refused("must be a date like 2026-01-31");
    case "datetime":
      return isoDatetime.safeParse(cell).success
        ? fits(new Date(String(cell)).toISOString())
        : refused("must be a time in UTC like 2026-01-31T09:30:00Z");
    default:
      return assertNever(column.type);
  }
}

/** A stored value as JSON again. */
export function readCell(column: Column, stored: unknown): Cell {
  if (typeof stored === "string") return stored;
  if (typeof stored !== "number") return null;
  if (column.type === "money") return stored / 100;
  return column.type === "boolean" ? stored === 1 : stored;
}

function checkText(cell: Cell, pattern?: string): CheckedCell {
  if (typeof cell !== "string") return refused("must be text");
  if (cell.length > TABLE_LIMITS.textMaxChars)
    return refused(`must be at most ${TABLE_LIMITS.textMaxChars} characters`);
  // SQLite ends C strings at NUL and replaces lone surrogates: what is read back would differ.
  if (cell.includes("\0") || !cell.isWellFormed()) return refused("holds characters that are not text");
  if (pattern === undefined) return fits(cell);
  const compiled = compilePattern(pattern);
  if (!compiled.ok) return refused(`has a pattern that is not supported: ${compiled.message}`);
  return cell.length <= TABLE_LIMITS.patternTextMaxChars && compiled.matches(cell)
    ? fits(cell)
    : refused(`must look like ${pattern}`);
}

/** Any case will do; what is stored is the value as the app file spells it. */
function checkEnum(values: string[], cell: Cell): CheckedCell {
  const folded = typeof cell === "string" ? foldCase(cell) : null;
  const value = values.find((it) => it === cell) ?? values.find((it) => foldCase(it) === folded);
  return value === undefined ? refused(`must be one of: ${values.join(", ")}`) : fits(value);
}

/** Integer cents. Forgives the noise of binary fractions (0.1 + 0.2) but never rounds a real third decimal. */
function checkMoney(cell: Cell): CheckedCell {
  if (typeof cell !== "number" || !Number.isFinite(cell)) return refused("must be an amount");
  if (Math.abs(cell) > TABLE_LIMITS.moneyMaxUnits) return refused("is too large an amount");
  const scaled = cell * 100;
  const cents = Math.round(scaled);
  const noise = Math.max(1e-6, Math.abs(scaled) * 4 * Number.EPSILON);
  return Math.abs(scaled - cents) <= noise
    ? fits(unsignedZero(cents))
    : refused("must have at most two decimals");
}

function unsignedZero(value: number): number {
  return value === 0 ? 0 : value;
}
