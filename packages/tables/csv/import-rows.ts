import { AppError, appError } from "#base/app-error";
import { foldCase } from "../fold-case.ts";
import { isFolded, matchColumn, tableName } from "../sql-names.ts";
import { badRequest, specOf, type TableContext } from "../table-context.ts";
import { TABLE_LIMITS } from "../table-limits.ts";
import { columnOf, type TableSpec } from "../table-spec.ts";
import type { Cell } from "../tables.ts";
import { checkWho, insertRow, updateRow } from "../write-row.ts";
import { parseField } from "./parse-field.ts";
import type { CsvRecord } from "./read-csv.ts";

/** How a CSV is taken in. `columns`: the table's column of each field, null to leave one out. */
export type ImportAsk = {
  /** The same one again goes on where it was cut off; nothing is written twice. */
  key: string;
  table: string;
  columns: (string | null)[];
  /** `upsert`: a row whose key is there gets the fields of its line. */
  mode: "insert" | "upsert";
  /** Whose the new rows are: one person's, or the one named in a field of each line. */
  owner: { id: string } | { field: number };
  /** Whether texts were guarded against spreadsheets. */
  guarded: boolean;
  /** Only says what would be done; a chunk does not see those before it. */
  dry?: boolean;
};
export type ImportError = { line: number; message: string };
/** Good lines are written, wrong ones left out and said. */
export type ImportResult = {
  lines: number;
  inserted: number;
  updated: number;
  failed: number;
  errors: ImportError[];
};

const NOTHING: ImportResult = { lines: 0, inserted: 0, updated: 0, failed: 0, errors: [] };
const FORGOTTEN_AT_ONCE = 5;

/**
 * Takes in one chunk of a CSV, in one transaction with the count of chunks: a chunk that came before is left out.
 * @param chunk its number, from 0; `digest` is of its text. @returns what all chunks up to now did
 * @throws IDEMPOTENCY_MISMATCH (the key was used for another import), CONFLICT (a chunk is missing), BAD_REQUEST
 *   (columns), STORAGE_FULL; then nothing of the chunk is written
 */
export function importChunk(
  context: TableContext,
  ask: ImportAsk,
  chunk: number,
  digest: string,
  records: readonly CsvRecord[],
): ImportResult {
  const { sql, clock } = context;
  const spec = specOf(context, ask.table);
  checkColumns(spec, ask);
  if (records.length > TABLE_LIMITS.importChunkRows) throw appError("TOO_LARGE");
  if (ask.dry) return tryOut(context, spec, ask, records);
  const { key, ...rest } = ask;
  const asked = JSON.stringify(rest);
  return sql.transaction(() => {
    const now = clock.now();
    forget(context, now - TABLE_LIMITS.effectTtlMs);
    const [before] = sql.exec("SELECT ask, chunks, result FROM _imports WHERE key = ?", key);
    if (before && before.ask !== asked) throw appError("IDEMPOTENCY_MISMATCH");
    const done = Number(before?.chunks ?? 0);
    const result = before ? (JSON.parse(String(before.result)) as ImportResult) : { ...NOTHING, errors: [] };
    if (chunk > done) throw appError("CONFLICT", { missing_chunk: done });
    if (chunk < done) {
      const [was] = sql.exec("SELECT digest FROM _import_chunks WHERE key = ? AND chunk = ?", key, chunk);
      if (was?.digest !== digest) throw appError("IDEMPOTENCY_MISMATCH");
      return result;
    }
    for (const record of records) take(context, spec, ask, record, result);
    sql.exec(
      `INSERT INTO _imports (key, ask, chunks, result, at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET chunks = excluded.chunks, result = excluded.result`,
      key,
      asked,
      done + 1,
      JSON.stringify(result),
      now,
    );
    sql.exec("INSERT INTO _import_chunks (key, chunk, digest) VALUES (?, ?, ?)", key, chunk, digest);
    return result;
  });
}

/** The same with nothing left of it: written, and rolled back. */
function tryOut(
  context: TableContext,
  spec: TableSpec,
  ask: ImportAsk,
  records: readonly CsvRecord[],
): ImportResult {
  const result: ImportResult = { ...NOTHING, errors: [] };
  const undone = new Error("tried out");
  try {
    context.sql.transaction(() => {
      for (const record of records) take(context, spec, ask, record, result);
      throw undone;
    });
  } catch (error) {
    if (error !== undone) throw error;
  }
  return result;
}

function checkColumns(spec: TableSpec, ask: ImportAsk): void {
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
    insertRow(context, ask.table, owner, values, false);
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

function forget({ sql }: TableContext, before: number): void {
  const old = sql.exec(
    "SELECT key FROM _imports WHERE at < ? ORDER BY at LIMIT ?",
    before,
    FORGOTTEN_AT_ONCE,
  );
  for (const { key } of old) {
    sql.exec("DELETE FROM _import_chunks WHERE key = ?", String(key));
    sql.exec("DELETE FROM _imports WHERE key = ?", String(key));
  }
}
