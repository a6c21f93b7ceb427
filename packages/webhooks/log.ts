import { isoTime } from "#base/clock";
import type { Sql, SqlRow } from "#base/sql";
import { DELIVERY_STATUSES, type WebhookAttempt, type WebhookDelivery } from "#protocol/api/webhook";

type Ask = { status: WebhookDelivery["status"] | undefined; before: number | null; limit: number };

/** What went to an endpoint, newest first: at most `limit`, older than the number `before`. */
export function listDeliveries(
  sql: Sql,
  endpointId: string,
  { status, before, limit }: Ask,
): WebhookDelivery[] {
  const older = before ?? Number.MAX_SAFE_INTEGER;
  const query = status
    ? "SELECT * FROM delivery WHERE endpoint_id = ? AND status = ? AND n < ? ORDER BY n DESC LIMIT ?"
    : "SELECT * FROM delivery WHERE endpoint_id = ? AND n < ? ORDER BY n DESC LIMIT ?";
  const rows = status
    ? sql.exec(query, endpointId, status, older, limit)
    : sql.exec(query, endpointId, older, limit);
  return rows.map(deliveryOf);
}

/** Sends one again, from its first try on. False: there is no such delivery of this endpoint. */
export function replayOne(sql: Sql, endpointId: string, deliveryId: string, now: number): boolean {
  const again = sql.exec(
    `UPDATE delivery SET status = 'pending', tries = 0, next_at = ?
     WHERE n = ? AND endpoint_id = ? RETURNING n`,
    ...[now, numberOf(deliveryId), endpointId],
  );
  return again.length > 0;
}

/** Sends again all that was given up and happened since then; answers how many. */
export function replayDead(sql: Sql, endpointId: string, since: number, now: number): number {
  return sql.exec(
    `UPDATE delivery SET status = 'pending', tries = 0, next_at = ?
     WHERE endpoint_id = ? AND status = 'dead' AND created_at >= ? RETURNING n`,
    ...[now, endpointId, since],
  ).length;
}

const PREFIX = "dlv_";

function numberOf(deliveryId: string): number {
  const digits = deliveryId.startsWith(PREFIX) ? deliveryId.slice(PREFIX.length) : "";
  return /^\d{1,15}$/.test(digits) ? Number(digits) : -1;
}

function deliveryOf(row: SqlRow): WebhookDelivery {
  return {
    delivery_id: `${PREFIX}${row.n}`,
    event_id: String(row.event_id),
    type: String(row.type),
    status: DELIVERY_STATUSES.find((it) => it === row.status) ?? "dead",
    created_at: isoTime(Number(row.created_at)),
    tries: Number(row.tries),
    next_at: row.next_at === null ? null : isoTime(Number(row.next_at)),
    attempts: JSON.parse(String(row.attempts)) as WebhookAttempt[],
  };
}
