import type * as z from "zod";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { sha256Hex } from "#base/sha256-hex";
import type { Scope } from "#enterprises/scope";
import type { importQuery } from "#protocol/api/table";
import type { ImportAsk, ImportResult } from "#tables/csv/import-rows";
import { CsvProblem, type CsvRecord, csvReader } from "#tables/csv/read-csv";
import { TABLE_LIMITS } from "#tables/table-limits";
import type { Answer } from "../app-data/answer.ts";
import { type AppDataStub, askAppData } from "../app-data/ask-app-data.ts";
import type { Env } from "../env.ts";

/** `width`: how many columns the table has. */
type Wish = z.infer<typeof importQuery> & { key: string; table: string; width: number; user_id: string };

/** A chunk is sent when it has this many characters, if not so many lines. */
const CHUNK_CHARS = 1_000_000;
/** What a field weighs besides its letters, so that a chunk of empty ones is small as well. */
const FIELD_CHARS = 20;

/**
 * Takes a CSV in: put aside as it arrives, a chunk of lines at a time, then written in one transaction. Whatever breaks
 * before that leaves the table as it was, and the same key may be sent again.
 * Errors: BAD_REQUEST (header, not CSV), TOO_LARGE, IDEMPOTENCY_MISMATCH, STORAGE_FULL.
 */
export async function importTable(
  env: Env,
  scope: Scope,
  body: ReadableStream<Uint8Array>,
  wish: Wish,
): Promise<ImportResult> {
  const object = <T>(question: (it: AppDataStub) => Promise<Answer<T>>) =>
    askAppData(env, scope.enterprise_id, question);
  const { importMaxRows, importMaxCells } = TABLE_LIMITS;
  const maxLines = Math.min(importMaxRows, Math.floor(importMaxCells / wish.width));
  let ask: ImportAsk | null = null;
  let chunks = 0;
  let lines = 0;
  try {
    for await (const records of chunksOf(recordsOf(textOf(body)))) {
      const rows = ask === null ? records.slice(1) : records;
      ask ??= askOf(records[0]?.fields.map(({ text }) => text) ?? [], wish);
      lines += rows.length;
      if (lines > maxLines) throw appError("TOO_LARGE", { max_lines: maxLines });
      const asked: ImportAsk = ask;
      const digest = await sha256Hex(JSON.stringify(records));
      const number = chunks++;
      await object((it) => it.stageChunk(asked, number, digest, rows));
    }
    if (ask === null) throw refuse("file", "has no first line with the names of the columns");
    const asked: ImportAsk = ask;
    return await object((it) => it.commitImport(asked, chunks));
  } finally {
    // Of what was written nothing is staged any more. What can't be forgotten now is after a day.
    if (chunks > 0) await object((it) => it.dropImport(wish.key)).catch(() => null);
  }
}

function refuse(path: string, message: string) {
  return appError("BAD_REQUEST", { issues: [{ path, message }] });
}

/** The table's columns by the first line. A column may be called by its title; names of our own (`_id`) are left out. */
function askOf(header: string[], wish: Wish): ImportAsk {
  const renamed = new Map(
    (wish.map === undefined ? [] : [wish.map].flat()).map((it) => {
      const at = it.lastIndexOf(":");
      if (at < 1) throw refuse("map", "must be 'Their name:column'");
      return [it.slice(0, at), it.slice(at + 1)];
    }),
  );
  for (const name of renamed.keys())
    if (!header.includes(name)) throw refuse("map", `names no column of the file: ${name}`);
  const field = wish.owner_column === undefined ? null : header.indexOf(wish.owner_column);
  if (field === -1) throw refuse("owner_column", "is not a column of the file");
  const columns = header.map((name, at) => {
    const to = renamed.get(name) ?? name.trim();
    const isOwner = at === field && !renamed.has(name);
    return to === "" || to.startsWith("_") || isOwner ? null : to;
  });
  return {
    key: wish.key,
    table: wish.table,
    columns,
    mode: wish.mode,
    owner: field === null ? { id: wish.owner ?? wish.user_id } : { field },
    guarded: wish.guard,
    ...(wish.dry_run ? { dry: true } : {}),
    ...(wish.all_or_nothing ? { whole: true } : {}),
  };
}

async function* textOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const decode = (bytes?: Uint8Array) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw refuse("file", "is no text in UTF-8");
    }
  };
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.byteLength;
    if (bytes > LIMITS.importMaxBytes) throw appError("TOO_LARGE", { max_bytes: LIMITS.importMaxBytes });
    yield decode(piece);
  }
  yield decode();
}

async function* recordsOf(texts: AsyncGenerator<string>): AsyncGenerator<CsvRecord> {
  const reader = csvReader();
  try {
    for await (const text of texts) yield* reader.push(text);
    const last = reader.end();
    if (last) yield last;
  } catch (error) {
    if (!(error instanceof CsvProblem)) throw error;
    throw refuse(`line ${error.line}`, error.message);
  }
}

/** The first chunk has the header besides its lines. */
async function* chunksOf(records: AsyncGenerator<CsvRecord>): AsyncGenerator<CsvRecord[]> {
  let some: CsvRecord[] = [];
  let chars = 0;
  for await (const record of records) {
    some.push(record);
    for (const { text } of record.fields) chars += text.length + FIELD_CHARS;
    if (some.length < TABLE_LIMITS.importChunkRows && chars < CHUNK_CHARS) continue;
    yield some;
    some = [];
    chars = 0;
  }
  if (some.length > 0) yield some;
}
