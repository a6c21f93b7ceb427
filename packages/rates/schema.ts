import { applySteps } from "#base/apply-steps";
import type { Sql } from "#base/sql";

/**
 * `spent` of a bucket at `at` (milliseconds), and when all of it has come back: a row that is as good as none. Of
 * a place, who opened something there last `at` when. Both are named by hashes.
 */
const STEPS = [
  [
    "CREATE TABLE bucket (key TEXT PRIMARY KEY, spent REAL NOT NULL, at INTEGER NOT NULL, full_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX bucket_full_at ON bucket (full_at)",
  ],
  [
    "CREATE TABLE open_place (person TEXT NOT NULL, place TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (person, place)) STRICT, WITHOUT ROWID",
    "CREATE INDEX open_place_at ON open_place (at)",
  ],
];

export function openBuckets(sql: Sql): void {
  sql.transaction(() => applySteps(sql, STEPS));
}
