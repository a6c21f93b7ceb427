import { appError } from "#base/app-error";
import { specOf, type TableContext } from "../table-context.ts";
import { TABLE_LIMITS } from "../table-limits.ts";
import { checkColumns, type ImportAsk, type ImportResult, takeRecords, withNames } from "./import-rows.ts";
import type { CsvRecord } from "./read-csv.ts";

const FORGOTTEN_AT_ONCE = 5;
/** A staged text is kept in pieces of this size, far below what SQLite holds in one row. */
const PIECE_CHARS = 400_000;

/**
 * Puts one chunk of a CSV aside. Nothing of it is in the table before `commitImport`. A chunk that came before is left
 * out, so that the same key may be sent again. @param chunk its number, from 0; `digest` is of its text
 * @throws IDEMPOTENCY_MISMATCH (the key was used for another import), CONFLICT (a chunk is missing), BAD_REQUEST
 *   (columns), STORAGE_FULL
 */
export function stageChunk(
  context: TableContext,
  ask: ImportAsk,
  chunk: number,
  digest: string,
  records: readonly CsvRecord[],
): void {
  const { sql, clock } = context;
  const spec = specOf(context, ask.table);
  checkColumns(spec, withNames(spec, ask));
  if (records.length > TABLE_LIMITS.importChunkRows) throw appError("TOO_LARGE");
  sql.transaction(() => {
    const now = clock.now();
    forget(context, now);
    const { done, result } = stateOf(context, ask);
    if (chunk > done) throw appError("CONFLICT", { missing_chunk: done });
    if (chunk < done) {
      const [was] = sql.exec("SELECT digest FROM _import_chunks WHERE key = ? AND chunk = ?", ask.key, chunk);
      if (was?.digest !== digest) throw appError("IDEMPOTENCY_MISMATCH");
      return;
    }
    // It was taken in whole, and had fewer lines.
    if (result !== null) throw appError("IDEMPOTENCY_MISMATCH");
    sql.exec(
      `INSERT INTO _imports (key, ask, chunks, result, at) VALUES (?, ?, ?, '', ?)
       ON CONFLICT (key) DO UPDATE SET chunks = excluded.chunks, at = excluded.at`,
      ask.key,
      askedOf(ask),
      done + 1,
      now,
    );
    sql.exec("INSERT INTO _import_chunks (key, chunk, digest) VALUES (?, ?, ?)", ask.key, chunk, digest);
    for (const [piece, text] of piecesOf(JSON.stringify(records.map(packed))).entries())
      sql.exec(
        "INSERT INTO _import_lines (key, chunk, piece, text) VALUES (?, ?, ?, ?)",
        ask.key,
        chunk,
        piece,
        text,
      );
  });
}

/**
 * Takes in what was staged, in one transaction: all of it is in the table, or nothing. Harmless to repeat: what was
 * written is answered again. With `dry`, or if a line is wrong and `whole` was asked for, nothing is written, and what
 * was staged stays for `dropImport`. @param chunks how many there are
 * @throws IDEMPOTENCY_MISMATCH, CONFLICT (a chunk is missing), STORAGE_FULL
 */
export function commitImport(context: TableContext, ask: ImportAsk, chunks: number): ImportResult {
  const { sql } = context;
  const spec = specOf(context, ask.table);
  const undone = new Error("nothing is written");
  const result: ImportResult = { lines: 0, inserted: 0, updated: 0, failed: 0, errors: [] };
  try {
    return sql.transaction(() => {
      const before = stateOf(context, ask);
      if (before.done < chunks) throw appError("CONFLICT", { missing_chunk: before.done });
      if (before.done > chunks) throw appError("IDEMPOTENCY_MISMATCH");
      if (before.result !== null) return before.result;
      for (let chunk = 0; chunk < chunks; chunk++)
        takeRecords(context, spec, withNames(spec, ask), recordsOf(context, ask.key, chunk), result);
      if (ask.dry || (ask.whole && result.failed > 0)) throw undone;
      sql.exec("UPDATE _imports SET result = ? WHERE key = ?", JSON.stringify(result), ask.key);
      sql.exec("DELETE FROM _import_lines WHERE key = ?", ask.key);
      return result;
    });
  } catch (error) {
    if (error !== undone) throw error;
    return ask.dry ? result : { ...result, inserted: 0, updated: 0 };
  }
}

/** Forgets what was staged under a key and not taken in. */
export function dropImport({ sql }: TableContext, key: string): void {
  sql.transaction(() => {
    const [staged] = sql.exec("SELECT key FROM _imports WHERE key = ? AND result = ''", key);
    if (staged) remove(sql, key);
  });
}

function stateOf({ sql }: TableContext, ask: ImportAsk): { done: number; result: ImportResult | null } {
  const [before] = sql.exec("SELECT ask, chunks, result FROM _imports WHERE key = ?", ask.key);
  if (!before) return { done: 0, result: null };
  if (before.ask !== askedOf(ask)) throw appError("IDEMPOTENCY_MISMATCH");
  const result = before.result === "" ? null : (JSON.parse(String(before.result)) as ImportResult);
  return { done: Number(before.chunks), result };
}

function askedOf({ key: _, ...rest }: ImportAsk): string {
  return JSON.stringify(rest);
}

/** A record in few letters: its line, then its fields; one that stood in quotes in a list of its own. */
type Packed = [number, ...(string | [string])[]];

function packed({ line, fields }: CsvRecord): Packed {
  return [line, ...fields.map(({ text, quoted }): string | [string] => (quoted ? [text] : text))];
}

/** Cut between letters: SQLite keeps no half of a surrogate pair. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = from + PIECE_CHARS;
    if (to < text.length && (text.codePointAt(to - 1) ?? 0) > 0xffff) to--;
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}

function recordsOf({ sql }: TableContext, key: string, chunk: number): CsvRecord[] {
  const pieces = sql.exec(
    "SELECT text FROM _import_lines WHERE key = ? AND chunk = ? ORDER BY piece",
    key,
    chunk,
  );
  const all = JSON.parse(pieces.map(({ text }) => text).join("")) as Packed[];
  return all.map(([line, ...fields]) => ({
    line,
    fields: fields.map((it) =>
      typeof it === "string" ? { text: it, quoted: false } : { text: it[0], quoted: true },
    ),
  }));
}

/** Imports that nobody finished after a day, and finished ones when a repeat is no longer recognised. */
function forget({ sql }: TableContext, now: number): void {
  const old = sql.exec(
    "SELECT key FROM _imports WHERE at < ? AND (result = '' OR at < ?) ORDER BY at LIMIT ?",
    now - TABLE_LIMITS.stagedTtlMs,
    now - TABLE_LIMITS.effectTtlMs,
    FORGOTTEN_AT_ONCE,
  );
  for (const { key } of old) remove(sql, String(key));
}

function remove(sql: TableContext["sql"], key: string): void {
  for (const table of ["_import_lines", "_import_chunks", "_imports"])
    sql.exec(`DELETE FROM ${table} WHERE key = ?`, key);
}
