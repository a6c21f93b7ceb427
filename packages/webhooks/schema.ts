import { applySteps } from "#base/apply-steps";
import type { Sql } from "#base/sql";

/**
 * An app's endpoints, and what is on its way to them. Append only: a step that has shipped is never edited. A delivery
 * holds its own body, so what was put in line does not change; `next_at` is null once nothing is to be sent.
 */
const STEPS = [
  `CREATE TABLE endpoint (id TEXT PRIMARY KEY, url TEXT NOT NULL, events TEXT NOT NULL, active INTEGER NOT NULL,
     include_text INTEGER NOT NULL, secret TEXT NOT NULL, old_secret TEXT, old_until INTEGER, created_at INTEGER NOT NULL,
     failing_since INTEGER, quick INTEGER NOT NULL DEFAULT 0, off_reason TEXT, off_at INTEGER,
     off_noted INTEGER NOT NULL DEFAULT 1) STRICT`,
  `CREATE TABLE delivery (n INTEGER PRIMARY KEY AUTOINCREMENT, endpoint_id TEXT NOT NULL, event_id TEXT NOT NULL,
     type TEXT NOT NULL, body TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'pending', created_at INTEGER NOT NULL,
     tries INTEGER NOT NULL DEFAULT 0, next_at INTEGER, attempts TEXT NOT NULL DEFAULT '[]') STRICT`,
  "CREATE UNIQUE INDEX delivery_once ON delivery (endpoint_id, event_id)",
  "CREATE INDEX delivery_due ON delivery (endpoint_id, next_at) WHERE next_at IS NOT NULL",
  "CREATE INDEX delivery_next ON delivery (next_at) WHERE next_at IS NOT NULL",
  "CREATE INDEX delivery_of ON delivery (endpoint_id, status, n)",
  "CREATE INDEX delivery_log ON delivery (endpoint_id, n)",
];

/** Brings an object's tables up to date; harmless to repeat. */
export function applySchema(sql: Sql): void {
  sql.transaction(() => applySteps(sql, STEPS));
}
