import { AppError } from "#base/app-error";
import { foldCase } from "../fold-case.ts";
import { checkRoom, noteRows } from "../row-count.ts";
import { isFolded, matchColumn, tableName } from "../sql-names.ts";
import { badRequest, type TableContext } from "../table-context.ts";
import { TABLE_LIMITS } from "../table-limits.ts";
import { columnOf, type TableSpec } from "../table-spec.ts";
import type { Cell } from "../tables.ts";
import { checkWho, insertUncounted, updateRow } from "../write-row.ts";
import { parseField } from "./parse-field.ts";
import type { CsvRecord } from "./read-csv.ts";

/** How a CSV is taken in. `columns`: the table's column of each field, null to leave one out. */
export type ImportAsk = {
  /** The same one again is the same import: nothing is written twice. */
  key: string;
  table: string;
  columns: (string | null)[];
  /** `upsert`: a row whose key is there gets the fields of its line. */
  mode: "insert" | "upsert";
  /** Whose the new rows are: one person's, or the one named in a field of each line. */
  owner: { id: string } | { field: number };
  /** Whether texts were guarded against spreadsheets. */
  guarded: boolean;
  /** Only says what would be done. */
  dry?: boolean;
  /** One wrong line, and nothing is written. */
  whole?: boolean;
};
export type ImportError = { line: number; message: string };
/** Good lines are written, wrong ones left out and said; or, if that was asked for, none is. */
export type ImportResult = {
  lines: number;
  inserted: number;
  updated: number;
  failed: number;
  errors: ImportError[];
};

/**
 * Takes records in, one after the other, and counts them into `result`. Within a transaction of the caller's.
 * @throws STORAGE_FULL
 */
export function takeRecords(
  context: TableContext,
  spec: TableSpec,
  ask: ImportAsk,
  records: readonly CsvRecord[],
  result: ImportResult,
): void {
  const before = result.inserted;
  for (const record of records) take(context, spec, ask, record, result);
  const added = result.inserted - before;
  if (added === 0) return;
  checkRoom(context, ask.table, added);
  noteRows(context, ask.table, added);
}

/** The same with each column that is called by its title, as pages and spreadsheets do, called by its name. */
export function withNames(spec: TableSpec, ask: ImportAsk): ImportAsk {
  const byTitle = new Map(
    Object.entries(spec.columns).map(([name, { title }]) => [foldCase(title ?? name), name]),
  );
  const columns = ask.columns.map((it) =>
    it === null || columnOf(spec, it) ? it : (byTitle.get(foldCase(it)) ?? it),
  );
  return { ...ask, columns };
}

/** @throws BAD_REQUEST */
export function checkColumns(spec: TableSpec, ask: ImportAsk): void {
  const named = ask.columns.filter((it) => it !== null);
  const unknown = named.filter((it) => !columnOf(spec, it));
  if (unknown.length > 0)
    throw badRequest(unknown.map((it) => ({ path: it, message: "is not a column of this table" })));
  if (new Set(named).size < named.length || named.length === 0)
    throw badRequest([{ path: "columns", message: "must each be named once, and at least one" }]);
  if (ask.mode === "upsert" && !named.includes(spec.key))
    throw badRequest([{ path: spec.key, message: "must be among the columns to update rows by it" }]);
  if ("id" in ask.owner) checkWho(ask.owner.id);
}

/** One line. What does not fit is counted and said; any other error ends the chunk. */
function take(
  context: TableContext,
  spec: TableSpec,
  ask: ImportAsk,
  record: CsvRecord,
  result: ImportResult,
): void {
  result.lines++;
  try {
    if (record.fields.length !== ask.columns.length)
      throw badRequest([
        { path: "line", message: `has ${record.fields.length} fields, not ${ask.columns.length}` },
      ]);
    const values: Record<string, Cell> = {};
    for (const [at, name] of ask.columns.entries()) {
      const column = name === null ? undefined : columnOf(spec, name);
      const field = record.fields[at];
      if (name !== null && column && field) values[name] = parseField(column, field, ask.guarded);
    }
    const found =
      ask.mode === "upsert" ? rowOfKey(context, ask.table, spec, values[spec.key] ?? null) : undefined;
    if (found) {
      updateRow(context, ask.table, found, values);
      result.updated++;
      return;
    }
    const owner = "id" in ask.owner ? ask.owner.id : (record.fields[ask.owner.field]?.text.trim() ?? "");
    checkWho(owner);
    insertUncounted(context, ask.table, owner, values, false);
    result.inserted++;
  } catch (error) {
    const isOfLine = error instanceof AppError && (error.code === "BAD_REQUEST" || error.code === "CONFLICT");
    if (!isOfLine) throw error;
    result.failed++;
    if (result.errors.length < TABLE_LIMITS.importMaxErrors)
      result.errors.push({ line: record.line, message: error.message });
  }
}

function rowOfKey(context: TableContext, table: string, spec: TableSpec, value: Cell) {
  const column = columnOf(spec, spec.key);
  if (!column || value === null) return undefined;
  const wanted = isFolded(column)
    ? foldCase(String(value))
    : typeof value === "boolean"
      ? Number(value)
      : value;
  const stored = column.type === "money" && typeof wanted === "number" ? Math.round(wanted * 100) : wanted;
  return context.sql.exec(
    `SELECT * FROM ${tableName(table)} WHERE ${matchColumn(spec.key, column)} = ?`,
    stored,
  )[0];
}
