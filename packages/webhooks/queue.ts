import { LIMITS } from "#base/limits";
import type { Sql, SqlRow } from "#base/sql";
import type { WebhookAttempt } from "#protocol/api/webhook";
import type { WebhookEvent } from "#protocol/api/webhook-event";
import { allEndpoints, type Endpoint, findEndpoint, switchOff } from "./endpoints.ts";
import { retryAt } from "./retry-at.ts";
import { withoutText } from "./without-text.ts";

/** One event that is being sent to one endpoint. */
export type Sending = { n: number; endpoint: Endpoint; event_id: string; body: string; tries: number };

/** What came of one request. `askedMs`: how long the endpoint wants to be left alone. */
export type Sent = {
  attempt: WebhookAttempt;
  ok: boolean;
  gone: boolean;
  quick: boolean;
  askedMs: number | null;
};

/** A process that dies while it sends is taken up by the next one after this. */
const TAKEN_UP_MS = 60_000;
const MAX_ATTEMPTS_KEPT = 10;
const FORGOTTEN_AT_ONCE = 500;

/** Puts events in line for each endpoint that wants them: each once, however often it is told. */
export function enqueue(sql: Sql, events: readonly WebhookEvent[], now: number): void {
  const endpoints = allEndpoints(sql).filter((it) => it.active);
  if (endpoints.length === 0) return;
  sql.transaction(() => {
    for (const event of events) {
      for (const endpoint of endpoints)
        if (endpoint.events.includes(event.type)) add(sql, endpoint, event, now);
    }
    // The oldest go where there are too many, whatever became of them: the outbox does not grow without end.
    sql.exec(
      "DELETE FROM delivery WHERE n <= (SELECT max(n) FROM delivery) - ?",
      LIMITS.webhookDeliveriesKept,
    );
  });
}

export function add(sql: Sql, endpoint: Endpoint, event: WebhookEvent, now: number): void {
  const body = JSON.stringify(endpoint.include_text ? event : withoutText(event));
  sql.exec(
    `INSERT OR IGNORE INTO delivery (endpoint_id, event_id, type, body, created_at, next_at) VALUES (?, ?, ?, ?, ?, ?)`,
    ...[endpoint.id, event.id, event.type, body, now, now],
  );
}

/**
 * The next thing to send, beside what is being sent: one of an endpoint at a time, so that none is overrun, and those
 * that have not shown that they answer in time take at most half of the places, so that they hold up nobody else. It is counted
 * before it is sent: what kills the process doesn't go on forever. Null: nothing can be sent now.
 */
export function takeNext(sql: Sql, sending: ReadonlySet<Endpoint>, now: number): Sending | null {
  if (sending.size >= LIMITS.webhookSendsAtOnce) return null;
  const busy = new Set(Array.from(sending, ({ id }) => id));
  const unproven = Array.from(sending).filter(({ quick }) => !quick).length;
  const takesUnproven = unproven < LIMITS.webhookSendsAtOnce / 2;
  let first: { row: SqlRow; endpoint: Endpoint } | null = null;
  for (const endpoint of allEndpoints(sql)) {
    if (!endpoint.active || busy.has(endpoint.id) || (!endpoint.quick && !takesUnproven)) continue;
    const [row] = sql.exec(
      "SELECT * FROM delivery WHERE endpoint_id = ? AND next_at <= ? ORDER BY next_at LIMIT 1",
      endpoint.id,
      now,
    );
    if (row && (first === null || Number(row.next_at) < Number(first.row.next_at))) first = { row, endpoint };
  }
  if (!first) return null;
  const { row, endpoint } = first;
  const tries = Number(row.tries) + 1;
  sql.exec("UPDATE delivery SET tries = ?, next_at = ? WHERE n = ?", tries, now + TAKEN_UP_MS, Number(row.n));
  return { n: Number(row.n), endpoint, event_id: String(row.event_id), body: String(row.body), tries };
}

/** Notes what came of a request: done, again later, or given up; and what it says of the endpoint. */
export function noteSent(sql: Sql, it: Sending, sent: Sent, now: number, random: () => number): void {
  sql.transaction(() => {
    const [row] = sql.exec("SELECT attempts, next_at FROM delivery WHERE n = ?", it.n);
    // It may be gone by now, or given up with its endpoint: what came of it is still told.
    const waits = row !== undefined && row.next_at !== null;
    const again = sent.ok || !waits ? null : retryAt({ tries: it.tries, now, askedMs: sent.askedMs }, random);
    if (row) {
      const kept = [...(JSON.parse(String(row.attempts)) as WebhookAttempt[]), sent.attempt];
      sql.exec(
        "UPDATE delivery SET status = ?, next_at = ?, attempts = ? WHERE n = ?",
        sent.ok ? "delivered" : again === null ? "dead" : "pending",
        again,
        JSON.stringify(kept.slice(-MAX_ATTEMPTS_KEPT)),
        it.n,
      );
    }
    noteEndpoint(sql, it.endpoint, sent, now);
  });
}

function noteEndpoint(sql: Sql, { id, url }: Endpoint, sent: Sent, now: number): void {
  const endpoint = findEndpoint(sql, id);
  // What came of an address that is not its own any more says nothing of it.
  if (!endpoint || endpoint.url !== url) return;
  const failingSince = sent.ok ? null : (endpoint.failing_since ?? now);
  if (failingSince !== endpoint.failing_since || sent.quick !== endpoint.quick)
    sql.exec(
      "UPDATE endpoint SET failing_since = ?, quick = ? WHERE id = ?",
      failingSince,
      Number(sent.quick),
      id,
    );
  if (sent.gone) switchOff(sql, id, "gone", now);
  else if (failingSince !== null && now - failingSince >= LIMITS.webhookFailingMs)
    switchOff(sql, id, "failing", now);
}

/** It could not be sent for a reason of ours: as if it had not been tried. */
export function putBack(sql: Sql, it: Sending, now: number): void {
  sql.exec(
    "UPDATE delivery SET tries = tries - 1, next_at = ? WHERE n = ? AND next_at IS NOT NULL",
    now + TAKEN_UP_MS,
    it.n,
  );
}

/** Removes what is older than the log is kept; what is still in line by then is older than all its tries. */
export function forgetOld(sql: Sql, now: number): void {
  sql.exec(
    `DELETE FROM delivery WHERE n IN (SELECT n FROM delivery ORDER BY n LIMIT ?) AND created_at < ?`,
    FORGOTTEN_AT_ONCE,
    now - LIMITS.webhookLogMs,
  );
}

/** When there is something to do next, in milliseconds; null for never. */
export function nextLook(sql: Sql): number | null {
  const [due] = sql.exec("SELECT MIN(next_at) AS at FROM delivery WHERE next_at IS NOT NULL");
  const [oldest] = sql.exec("SELECT created_at AS at FROM delivery ORDER BY n LIMIT 1");
  const times = [due?.at, typeof oldest?.at === "number" ? oldest.at + LIMITS.webhookLogMs + 1 : null];
  const known = times.filter((it) => typeof it === "number");
  return known.length > 0 ? Math.min(...known) : null;
}

/** Deletes every delivery of what happened in these chats. */
export function forgetChats(sql: Sql, chatIds: readonly string[]): void {
  sql.exec(
    "DELETE FROM delivery WHERE json_extract(body, '$.data.chat_id') IN (SELECT value FROM json_each(?))",
    JSON.stringify(chatIds),
  );
}

/** Deletes every delivery whose body names this person. */
export function forgetPerson(sql: Sql, userId: string): void {
  sql.exec("DELETE FROM delivery WHERE instr(body, ?) > 0", JSON.stringify(userId));
}
