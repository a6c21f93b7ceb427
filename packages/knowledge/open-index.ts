import type { Clock } from "#base/clock";
import { LIMITS } from "#base/limits";
import type { Sql, SqlRow, SqlValue } from "#base/sql";
import type { Passage } from "./cut-passages.ts";
import { prepareIndex } from "./index-schema.ts";
import type { Hit } from "./knowledge.ts";
import { searchIndex } from "./search-index.ts";

export type KnowledgeFile = {
  file_id: string;
  /** `app`: of the live version's `knowledge/` folder. `upload`: the owner's. */
  source: "app" | "upload";
  name: string;
  title: string;
  media_type: string;
  size: number;
  sha256: string;
  status: "indexing" | "ready" | "failed";
  /** Why it failed, as a sentence. */
  reason: string | null;
  passages: number;
  created_at: number;
};
export type NewFile = Pick<
  KnowledgeFile,
  "file_id" | "source" | "name" | "title" | "media_type" | "size" | "sha256"
>;

/** A passage as it stands in its file. `page`: of a PDF, from 1. */
export type PassageRow = { position: number; heading: string; page: number | null; text: string };

export type Index = ReturnType<typeof openIndex>;

/** One app's knowledge: which files there are, and the full-text index of their passages. One writer; synchronous. */
export function openIndex(sql: Sql, clock: Clock) {
  prepareIndex(sql);
  const one = (query: string, ...params: SqlValue[]) => sql.exec(query, ...params)[0];
  const clear = (fileId: string) => {
    sql.exec("INSERT INTO gone_meanings SELECT n FROM passages WHERE file_id = ? AND meant > 0", fileId);
    sql.exec("DELETE FROM passage_text WHERE rowid IN (SELECT n FROM passages WHERE file_id = ?)", fileId);
    sql.exec("DELETE FROM passages WHERE file_id = ?", fileId);
  };
  const file = (fileId: string): KnowledgeFile | null => {
    const row = one("SELECT * FROM files WHERE file_id = ?", fileId);
    return row ? fileOf(row) : null;
  };
  const drop = (fileId: string) => {
    clear(fileId);
    sql.exec("DELETE FROM files WHERE file_id = ?", fileId);
  };

  return {
    file,
    countFiles: () => Number(one("SELECT count(*) AS n FROM files")?.n),
    /** Of all files; those of one that is being read count too. */
    countPassages: () => Number(one("SELECT count(*) AS n FROM passages")?.n),

    /** By name and id, from beyond `after`. */
    list(after: { name: string; file_id: string } | null, limit: number): KnowledgeFile[] {
      const { name, file_id } = after ?? { name: "", file_id: "" };
      return sql
        .exec(
          "SELECT * FROM files WHERE (name, file_id) > (?, ?) ORDER BY name, file_id LIMIT ?",
          name,
          file_id,
          limit,
        )
        .map(fileOf);
    },

    ofSource: (source: KnowledgeFile["source"]) =>
      sql.exec("SELECT * FROM files WHERE source = ?", source).map(fileOf),

    /** Makes the file known, to be read; one that failed is read anew. */
    add(it: NewFile): void {
      sql.exec(
        `INSERT INTO files (file_id, source, name, title, media_type, size, sha256, status, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, 'indexing', ?)
         ON CONFLICT (file_id) DO UPDATE SET status = 'indexing', reason = NULL, attempts = 0 WHERE status = 'failed'`,
        it.file_id,
        it.source,
        it.name,
        it.title,
        it.media_type,
        it.size,
        it.sha256,
        clock.now(),
      );
    },

    /** The file to read next. The attempt is counted first: one that ends its process is given up in the end. */
    beginNext(): KnowledgeFile | null {
      const row = one("SELECT * FROM files WHERE status = 'indexing' ORDER BY created_at, file_id LIMIT 1");
      if (!row) return null;
      sql.exec("UPDATE files SET attempts = attempts + 1 WHERE file_id = ?", String(row.file_id));
      if (Number(row.attempts) < LIMITS.knowledgeMaxAttempts) return fileOf(row);
      this.fail(String(row.file_id), "It could not be read.");
      return this.beginNext();
    },

    /** Passages of a file in their order, from the one at `from` (0 the first) on. */
    passagesOf: (fileId: string, from: number, limit: number): PassageRow[] =>
      sql
        .exec(
          `SELECT p.position, p.heading, p.page, t.text FROM passages p JOIN passage_text t ON t.rowid = p.n
           WHERE p.file_id = ? AND p.position >= ? ORDER BY p.position LIMIT ?`,
          fileId,
          from,
          limit,
        )
        .map((row) => ({
          position: Number(row.position),
          heading: String(row.heading),
          page: row.page === null ? null : Number(row.page),
          text: String(row.text),
        })),

    /** How many passages of it are there already. */
    doneOf: (fileId: string) =>
      Number(one("SELECT count(*) AS n FROM passages WHERE file_id = ?", fileId)?.n),

    /** Some passages more, from `from` on. A step that came through counts as no attempt. */
    put(of: KnowledgeFile, from: number, some: readonly Passage[]): void {
      sql.transaction(() => {
        for (const [index, { heading, page, text }] of some.entries()) {
          const row = one(
            "INSERT INTO passages (file_id, position, heading, page) VALUES (?, ?, ?, ?) RETURNING n",
            of.file_id,
            from + index,
            heading,
            page,
          );
          const n = Number(row?.n);
          sql.exec(
            "INSERT INTO passage_text (rowid, title, heading, text) VALUES (?, ?, ?, ?)",
            n,
            of.title,
            heading,
            text,
          );
        }
        sql.exec("UPDATE files SET attempts = 0 WHERE file_id = ?", of.file_id);
      });
    },

    /** All of it is there: from now on it is found, and an earlier file of its name is not. @returns those taken out */
    finish(fileId: string): KnowledgeFile[] {
      return sql.transaction(() => {
        const done = file(fileId);
        if (!done) return [];
        const older = sql
          .exec(
            "SELECT * FROM files WHERE source = ? AND name = ? AND file_id != ? AND status != 'indexing'",
            done.source,
            done.name,
            fileId,
          )
          .map(fileOf);
        for (const it of older) drop(it.file_id);
        sql.exec(
          "UPDATE files SET status = 'ready', passages = (SELECT count(*) FROM passages WHERE file_id = ?) WHERE file_id = ?",
          fileId,
          fileId,
        );
        return older;
      });
    },

    fail(fileId: string, reason: string): void {
      sql.transaction(() => {
        clear(fileId);
        sql.exec(
          "UPDATE files SET status = 'failed', reason = ?, passages = 0 WHERE file_id = ?",
          reason,
          fileId,
        );
      });
    },

    remove: (fileId: string) => sql.transaction(() => drop(fileId)),

    /** The content may have no file here: to be looked at again. */
    loosen: (sha256: string) =>
      sql.exec(
        "INSERT INTO loose (sha256, since) VALUES (?, ?) ON CONFLICT (sha256) DO UPDATE SET since = excluded.since",
        sha256,
        clock.now(),
      ),
    hold: (sha256: string) => sql.exec("DELETE FROM loose WHERE sha256 = ?", sha256),
    /** What some upload has after all is not loose. */
    holdKnown: () =>
      sql.exec("DELETE FROM loose WHERE sha256 IN (SELECT sha256 FROM files WHERE source = 'upload')"),
    /** Contents noted before `before` that no file has. */
    orphans: (before: number): string[] =>
      sql
        .exec(
          "SELECT sha256 FROM loose WHERE since <= ? AND sha256 NOT IN (SELECT sha256 FROM files WHERE source = 'upload')",
          before,
        )
        .map((row) => String(row.sha256)),
    hasLoose: () => one("SELECT 1 AS n FROM loose LIMIT 1") !== undefined,

    /** `near`: passages by meaning, nearest first, which count as much as those that have the words. */
    search: (
      query: string,
      options: { files: readonly string[]; top: number },
      near: readonly number[] = [],
    ): Hit[] => searchIndex(sql, query, options, near),

    /** Passages whose meaning is to be kept, with their text. Noted first, so that none is kept that isn't known of. */
    beginMeanings: (limit: number): { n: number; text: string }[] =>
      sql.transaction(() => {
        const rows = sql.exec(
          `SELECT p.n, t.title || char(10) || t.heading || char(10) || t.text AS text
           FROM passages p JOIN passage_text t ON t.rowid = p.n JOIN files f ON f.file_id = p.file_id
           WHERE p.meant < 2 AND f.status = 'ready' ORDER BY p.n LIMIT ?`,
          limit,
        );
        const some = rows.map(({ n, text }) => ({ n: Number(n), text: String(text) }));
        mean(sql, some, 1);
        return some;
      }),
    keptMeanings: (ns: readonly number[]) =>
      mean(
        sql,
        ns.map((n) => ({ n })),
        2,
      ),
    hasMeanings: () => one("SELECT 1 AS n FROM passages WHERE meant = 2 LIMIT 1") !== undefined,
    /** Passages that are gone, but for their meaning. */
    goneMeanings: (limit: number): number[] =>
      sql.exec("SELECT n FROM gone_meanings ORDER BY n LIMIT ?", limit).map((row) => Number(row.n)),
    forgotten: (ns: readonly number[]) =>
      sql.exec("DELETE FROM gone_meanings WHERE n IN (SELECT value FROM json_each(?))", JSON.stringify(ns)),
    /** Takes out all files, so that what is kept of them elsewhere is known to be gone. */
    clearAll: () =>
      sql.transaction(() => {
        for (const row of sql.exec("SELECT file_id FROM files")) drop(String(row.file_id));
      }),
  };
}

function mean(sql: Sql, some: readonly { n: number }[], meant: 1 | 2): void {
  sql.exec(
    "UPDATE passages SET meant = ? WHERE n IN (SELECT value FROM json_each(?))",
    meant,
    JSON.stringify(some.map(({ n }) => n)),
  );
}

function fileOf(row: SqlRow): KnowledgeFile {
  return {
    file_id: String(row.file_id),
    source: row.source === "app" ? "app" : "upload",
    name: String(row.name),
    title: String(row.title),
    media_type: String(row.media_type),
    size: Number(row.size),
    sha256: String(row.sha256),
    status: row.status === "ready" || row.status === "failed" ? row.status : "indexing",
    reason: row.reason === null ? null : String(row.reason),
    passages: Number(row.passages),
    created_at: Number(row.created_at),
  };
}
