import { applySteps } from "#base/apply-steps";
import type { Sql } from "#base/sql";

/** What the store keeps beside the app's own tables. Append only: a step that has shipped is never edited. */
const STEPS = [
  "CREATE TABLE _tables (name TEXT PRIMARY KEY, spec TEXT NOT NULL) STRICT",
  "CREATE TABLE _seeded (table_name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT",
  `CREATE TABLE _numbers (table_name TEXT NOT NULL, prefix TEXT NOT NULL, last INTEGER NOT NULL,
     PRIMARY KEY (table_name, prefix)) STRICT`,
  `CREATE TABLE _effects (key TEXT PRIMARY KEY, who TEXT NOT NULL, action TEXT NOT NULL, table_name TEXT NOT NULL,
     row_id TEXT, result TEXT NOT NULL, at INTEGER NOT NULL) STRICT`,
  "CREATE INDEX _effects_at ON _effects (at)",
  "CREATE INDEX _effects_row ON _effects (row_id)",
  "CREATE TABLE _counts (table_name TEXT PRIMARY KEY, rows INTEGER NOT NULL) STRICT",
  `CREATE TABLE _imports (key TEXT PRIMARY KEY, ask TEXT NOT NULL, chunks INTEGER NOT NULL, result TEXT NOT NULL,
     at INTEGER NOT NULL) STRICT`,
  `CREATE TABLE _import_chunks (key TEXT NOT NULL, chunk INTEGER NOT NULL, digest TEXT NOT NULL,
     PRIMARY KEY (key, chunk)) STRICT`,
  "CREATE INDEX _imports_at ON _imports (at)",
  `CREATE TABLE _import_lines (key TEXT NOT NULL, chunk INTEGER NOT NULL, piece INTEGER NOT NULL, text TEXT NOT NULL,
     PRIMARY KEY (key, chunk, piece)) STRICT`,
];

/** Brings a new or older object's own tables up to date; harmless to repeat. */
export function applySchema(sql: Sql): void {
  sql.transaction(() => applySteps(sql, STEPS, { table: "_steps", column: "step" }));
}
