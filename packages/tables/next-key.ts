import type { SqlValue } from "#base/sql";
import { foldedColumn, tableName } from "./sql-names.ts";
import type { TableContext } from "./table-context.ts";
import type { TableSpec } from "./table-spec.ts";

const FIRST_NUMBER = 1_001;
/** Longer numbers are names of someone's own, and don't move the count. */
const MAX_DIGITS = 12;

/** `R-1001`, `R-1002` …: one past the highest ever there, so the number of a deleted row is not given again. */
export function nextKey(context: TableContext, table: string, spec: TableSpec, prefix: string): string {
  return `${prefix}${Math.max(FIRST_NUMBER, lastNumber(context, table, spec, prefix) + 1)}`;
}

/** Call with the key of every row that is written. */
export function noteKey(context: TableContext, table: string, spec: TableSpec, key: SqlValue): void {
  const prefix = spec.key_prefix;
  if (prefix === undefined || typeof key !== "string") return;
  const digits = key.toUpperCase().startsWith(prefix) ? key.slice(prefix.length) : "";
  if (!/^\d+$/.test(digits) || digits.length > MAX_DIGITS) return;
  const last = Math.max(Number(digits), lastNumber(context, table, spec, prefix));
  context.sql.exec(
    `INSERT INTO _numbers (table_name, prefix, last) VALUES (?, ?, ?)
     ON CONFLICT (table_name, prefix) DO UPDATE SET last = excluded.last`,
    table,
    prefix,
    last,
  );
}

function lastNumber(context: TableContext, table: string, spec: TableSpec, prefix: string): number {
  const [known] = context.sql.exec(
    "SELECT last FROM _numbers WHERE table_name = ? AND prefix = ?",
    table,
    prefix,
  );
  if (known) return Number(known.last);
  // A table that got its prefix after its first rows: look once.
  const key = foldedColumn(spec.key);
  const [highest] = context.sql.exec(
    `SELECT MAX(CAST(substr(${key}, ?) AS INTEGER)) AS last FROM ${tableName(table)}
     WHERE substr(${key}, 1, ?) = ? AND length(${key}) <= ? AND substr(${key}, ?) NOT GLOB '*[^0-9]*'`,
    prefix.length + 1,
    prefix.length,
    prefix,
    prefix.length + MAX_DIGITS,
    prefix.length + 1,
  );
  return Number(highest?.last ?? 0);
}
