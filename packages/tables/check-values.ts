import type { SqlValue } from "#base/sql";
import { checkCell } from "./check-cell.ts";
import { foldCase } from "./fold-case.ts";
import { foldedColumn, isFolded, valueColumn } from "./sql-names.ts";
import { badRequest, type Issue } from "./table-context.ts";
import { columnOf, type TableSpec } from "./table-spec.ts";
import type { Cell } from "./tables.ts";

/** SQL columns and what they get. */
export type Assignments = [column: string, value: SqlValue][];

/** The cells that are to be written, as SQLite stores them. @throws BAD_REQUEST with an issue for each that does not fit. */
export function checkValues(
  spec: TableSpec,
  values: Record<string, Cell>,
  use: "write" | "match",
): Map<string, SqlValue> {
  const issues: Issue[] = [];
  const stored = new Map<string, SqlValue>();
  for (const [name, cell] of Object.entries(values)) {
    const column = columnOf(spec, name);
    const checked = column ? checkCell(column, cell, use) : null;
    if (!column) issues.push({ path: name, message: "is not a column of this table" });
    else if (cell === undefined) continue;
    else if (!checked?.ok) issues.push({ path: name, message: checked?.message ?? "" });
    else stored.set(name, blankAsNone(spec, name, checked.stored, use));
  }
  if (issues.length > 0) throw badRequest(issues);
  return stored;
}

/** @throws BAD_REQUEST when a required column would be left empty. */
export function checkRequired(spec: TableSpec, stored: Map<string, SqlValue>, names: Iterable<string>): void {
  const issues: Issue[] = [];
  for (const name of names) {
    if (columnOf(spec, name)?.required && (stored.get(name) ?? null) === null)
      issues.push({ path: name, message: "is required" });
  }
  if (issues.length > 0) throw badRequest(issues);
}

export function assignments(spec: TableSpec, stored: Map<string, SqlValue>): Assignments {
  const all: Assignments = [];
  for (const [name, value] of stored) {
    const column = columnOf(spec, name);
    if (!column) continue;
    all.push([valueColumn(name), value]);
    if (isFolded(column)) all.push([foldedColumn(name), typeof value === "string" ? foldCase(value) : null]);
  }
  return all;
}

/** A blank text is no answer to a required column and no name for a row. */
function blankAsNone(spec: TableSpec, name: string, value: SqlValue, use: "write" | "match"): SqlValue {
  const matters = use === "write" && (columnOf(spec, name)?.required || spec.key === name);
  return matters && typeof value === "string" && value.trim() === "" ? null : value;
}
