import { LIMITS } from "#base/limits";
import type { Sql, SqlRow } from "#base/sql";
import type { Hit } from "./knowledge.ts";
import { matchQuery } from "./match-query.ts";

/** How much more a word weighs in a file's title and in a heading than in the text (bm25 weights of FTS5). */
const WEIGHTS = "2.0, 2.0, 1.0";
/** For each passage that is wanted, so many of the best by bm25 are looked at more closely. */
const CLOSER = 4;

/** How little the first of a list counts for more than the next (reciprocal rank fusion, Cormack et al. 2009). */
const RANK_OFFSET = 60;

/**
 * The best passages of ready files, numbered from 1. `files`: names or globs with `*`; empty: all. `near`: passages by
 * meaning, nearest first; with them, those that stand high in both orders are best.
 */
export function searchIndex(
  sql: Sql,
  query: string,
  { files, top }: { files: readonly string[]; top: number },
  near: readonly number[] = [],
): Hit[] {
  const asked = query.slice(0, LIMITS.knowledgeQueryMaxCharacters);
  const most = Math.min(Math.max(1, Math.trunc(top)), LIMITS.knowledgeMaxHits);
  const byWords = withWords(sql, asked, files, most);
  if (near.length === 0) return byWords.slice(0, most).map(hitOf);
  return fuse([byWords, withMeaning(sql, near, files)])
    .slice(0, most)
    .map(hitOf);
}

function withWords(sql: Sql, asked: string, files: readonly string[], most: number): SqlRow[] {
  for (const mode of ["words", "prefix"] as const) {
    const match = matchQuery(asked, mode);
    if (match === null) return [];
    const rows = candidates(sql, match, files, most * CLOSER);
    if (rows.length > 0) return best(rows);
  }
  return [];
}

function withMeaning(sql: Sql, near: readonly number[], files: readonly string[]): SqlRow[] {
  return sql.exec(
    `SELECT p.n, f.name, f.title, p.heading, p.page, t.text
     FROM json_each(?) j JOIN passages p ON p.n = j.value
       JOIN passage_text t ON t.rowid = p.n JOIN files f ON f.file_id = p.file_id
     WHERE f.status = 'ready' ${among(files)} ORDER BY j.key`,
    JSON.stringify(near),
    ...files.map(globOf),
  );
}

/** One order of several: what stands high in many comes first. */
function fuse(orders: readonly SqlRow[][]): SqlRow[] {
  const found = new Map<unknown, { row: SqlRow; score: number }>();
  for (const rows of orders)
    for (const [rank, row] of rows.entries()) {
      const it = found.get(row.n) ?? { row, score: 0 };
      it.score += 1 / (RANK_OFFSET + rank + 1);
      found.set(row.n, it);
    }
  return [...found.values()].sort((a, b) => b.score - a.score).map(({ row }) => row);
}

const among = (files: readonly string[]) =>
  files.length > 0 ? `AND (${files.map(() => "f.name GLOB ?").join(" OR ")})` : "";

function candidates(sql: Sql, match: string, files: readonly string[], limit: number): SqlRow[] {
  return sql.exec(
    `SELECT p.n, f.name, f.title, p.heading, p.page, t.text, bm25(passage_text, ${WEIGHTS}) AS distance,
       highlight(passage_text, 1, '⟦', '⟧') AS in_heading, highlight(passage_text, 2, '⟦', '⟧') AS in_text
     FROM passage_text t JOIN passages p ON p.n = t.rowid JOIN files f ON f.file_id = p.file_id
     WHERE passage_text MATCH ? AND f.status = 'ready' ${among(files)}
     ORDER BY distance, p.n LIMIT ?`,
    match,
    ...files.map(globOf),
    limit,
  );
}

/**
 * By bm25, and by how many of the words each has: bm25 counts a word that most passages have as nothing, and in a small
 * app most words are such.
 */
function best(rows: readonly SqlRow[]): SqlRow[] {
  const scored = rows.map((row, order) => ({ row, order, score: coverage(row) - Number(row.distance) }));
  return scored.sort((a, b) => b.score - a.score || a.order - b.order).map(({ row }) => row);
}

function coverage(row: SqlRow): number {
  const text = marked(String(row.in_text));
  const heading = marked(String(row.in_heading)).filter((word) => !text.includes(word));
  return text.length + heading.length / 2;
}

/** The words found, each once whatever its ending. */
function marked(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(/⟦([^⟧]*)⟧/g), ([, it = ""]) => it.toLowerCase().slice(0, 5)))];
}

function hitOf(row: SqlRow, index: number): Hit {
  return {
    n: index + 1,
    file: String(row.name),
    title: String(row.title),
    heading: String(row.heading),
    ...(row.page === null ? {} : { page: Number(row.page) }),
    text: String(row.text),
  };
}

/** Of GLOB's syntax only `*` means anything. */
function globOf(name: string): string {
  return name.replace(/[[?]/g, (it) => `[${it}]`);
}
