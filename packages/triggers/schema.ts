import { applySteps } from "#base/apply-steps";
import type { Sql } from "#base/sql";

/** What an app's triggers are kept in. Append only: a step that has shipped is never edited. */
const STEPS = [
  "CREATE TABLE app (one INTEGER PRIMARY KEY CHECK (one = 1), enterprise_id TEXT NOT NULL, version INTEGER) STRICT",
  `CREATE TABLE trigger_row (workflow TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, input TEXT NOT NULL,
     cron TEXT, time_zone TEXT, next_at INTEGER, retry_at INTEGER, tries INTEGER NOT NULL DEFAULT 0,
     last_at INTEGER, last_chat_id TEXT, last_error TEXT, PRIMARY KEY (workflow, name)) STRICT`,
  `CREATE TABLE secret (workflow TEXT NOT NULL, name TEXT NOT NULL, sealed TEXT NOT NULL, at INTEGER NOT NULL,
     PRIMARY KEY (workflow, name)) STRICT`,
  `CREATE TABLE delivery (workflow TEXT NOT NULL, name TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL,
     chat_id TEXT, PRIMARY KEY (workflow, name, id)) STRICT`,
  "CREATE INDEX delivery_at ON delivery (workflow, name, at)",
];

/** Brings an object's tables up to date; harmless to repeat. */
export function applySchema(sql: Sql): void {
  sql.transaction(() => applySteps(sql, STEPS));
}
