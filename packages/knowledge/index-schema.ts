import { applySteps } from "#base/apply-steps";
import type { Sql } from "#base/sql";

/** The index's tables, as steps that are only ever added to. */
const STEPS = [
  `CREATE TABLE files (
    file_id TEXT PRIMARY KEY,
    source TEXT NOT NULL CHECK (source IN ('app','upload')),
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('indexing','ready','failed')),
    reason TEXT,
    passages INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
  ) STRICT`,
  "CREATE INDEX files_name ON files (source, name)",
  `CREATE TABLE passages (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    file_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    heading TEXT NOT NULL,
    page INTEGER,
    UNIQUE (file_id, position)
  ) STRICT`,
  "CREATE VIRTUAL TABLE passage_text USING fts5(title, heading, text, tokenize = 'porter unicode61 remove_diacritics 2')",
  // Contents in the file store that no file here may have yet, or any more: looked at again, then removed.
  "CREATE TABLE loose (sha256 TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT",
  // Its meaning is kept elsewhere: 0 not, 1 perhaps (being told), 2 yes. What is gone here is to be forgotten there.
  [
    "ALTER TABLE passages ADD COLUMN meant INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX passages_unmeant ON passages (n) WHERE meant < 2",
    "CREATE TABLE gone_meanings (n INTEGER PRIMARY KEY) STRICT",
  ],
];

/** Brings the tables up to date. Harmless to repeat. */
export function prepareIndex(sql: Sql): void {
  sql.transaction(() => applySteps(sql, STEPS));
}
