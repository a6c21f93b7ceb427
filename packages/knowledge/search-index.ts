import { LIMITS } from "#base/limits";
import type { Sql } from "#base/sql";
import type { Hit } from "./knowledge.ts";
import { matchQuery } from "./match-query.ts";

/** How much more a word weighs in a file's title and in a heading than in the text (bm25 weights of FTS5). */
const WEIGHTS = "2.0, 4.0, 1.0";

/** The best passages of ready files, numbered from 1. `files`: names or globs with `*`; empty: all. */
export function searchIndex(
  sql: Sql,
  query: string,
  { files, top }: { files: readonly string[]; top: number },
): Hit[] {
  const asked = query.slice(0, LIMITS.knowledgeQueryMaxCharacters);
  for (const mode of ["words", "prefix"] as const) {
    const match = matchQuery(asked, mode);
    if (match === null) return [];
    const hits = ranked(sql, match, files, Math.min(Math.max(1, Math.trunc(top)), LIMITS.knowledgeMaxHits));
    if (hits.length > 0) return hits;
  }
  return [];
}

function ranked(sql: Sql, match: string, files: readonly string[], top: number): Hit[] {
  const named = files.map((name) => globOf(name));
  const only = named.length > 0 ? `AND (${named.map(() => "f.name GLOB ?").join(" OR ")})` : "";
  const rows = sql.exec(
    `SELECT f.name, f.title, p.heading, p.page, t.text FROM passage_text t
     JOIN passages p ON p.n = t.rowid JOIN files f ON f.file_id = p.file_id
     WHERE passage_text MATCH ? AND f.status = 'ready' ${only}
     ORDER BY bm25(passage_text, ${WEIGHTS}), p.n LIMIT ?`,
    match,
    ...named,
    top,
  );
  return rows.map((row, index) => ({
    n: index + 1,
    file: String(row.name),
    title: String(row.title),
    heading: String(row.heading),
    ...(row.page === null ? {} : { page: Number(row.page) }),
    text: String(row.text),
  }));
}

/** Of GLOB's syntax only `*` means anything. */
function globOf(name: string): string {
  return name.replace(/[[?]/g, (it) => `[${it}]`);
}
