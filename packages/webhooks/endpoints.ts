import type { Sql, SqlRow } from "#base/sql";

export type OffReason = "gone" | "failing";

/** Where an owner wants to be told. Secrets are sealed. Times in milliseconds. */
export type Endpoint = {
  id: string;
  url: string;
  events: string[];
  active: boolean;
  include_text: boolean;
  secret: string;
  old_secret: string | null;
  old_until: number | null;
  created_at: number;
  failing_since: number | null;
  /** Its last answer came in time; no, while it has given none. */
  quick: boolean;
  off_reason: OffReason | null;
  off_at: number | null;
};

export function allEndpoints(sql: Sql): Endpoint[] {
  return sql.exec("SELECT * FROM endpoint ORDER BY created_at, id").map(endpointOf);
}

export function findEndpoint(sql: Sql, id: string): Endpoint | null {
  const [row] = sql.exec("SELECT * FROM endpoint WHERE id = ?", id);
  return row ? endpointOf(row) : null;
}

export type Wish = Pick<Endpoint, "url" | "events" | "active" | "include_text">;

export function addEndpoint(sql: Sql, id: string, it: Wish & { secret: string }, now: number): void {
  sql.exec(
    `INSERT INTO endpoint (id, url, events, active, include_text, secret, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ...[id, it.url, JSON.stringify(it.events), Number(it.active), Number(it.include_text), it.secret, now],
  );
}

/** Changes an endpoint. One that is switched on again starts afresh; what one had in line that is switched off is dead. */
export function changeEndpoint(sql: Sql, before: Endpoint, change: Partial<Wish>): void {
  const it = { ...before, ...change };
  const again = it.active && (!before.active || it.url !== before.url);
  sql.transaction(() => {
    sql.exec(
      "UPDATE endpoint SET url = ?, events = ?, active = ?, include_text = ? WHERE id = ?",
      ...[it.url, JSON.stringify(it.events), Number(it.active), Number(it.include_text), it.id],
    );
    if (again)
      sql.exec(
        "UPDATE endpoint SET failing_since = NULL, quick = 0, off_reason = NULL, off_at = NULL WHERE id = ?",
        it.id,
      );
    if (!it.active) giveUpAll(sql, it.id);
  });
}

export function removeEndpoint(sql: Sql, id: string): void {
  sql.transaction(() => {
    sql.exec("DELETE FROM endpoint WHERE id = ?", id);
    sql.exec("DELETE FROM delivery WHERE endpoint_id = ?", id);
  });
}

/** A new secret; the one before is good until `oldUntil`. */
export function rotateSecret(sql: Sql, id: string, sealed: string, oldUntil: number): void {
  sql.exec(
    "UPDATE endpoint SET old_secret = secret, old_until = ?, secret = ? WHERE id = ?",
    oldUntil,
    sealed,
    id,
  );
}

/** Switches an endpoint off for the owner to see why. Call it within a transaction. */
export function switchOff(sql: Sql, id: string, reason: OffReason, now: number): void {
  sql.exec(
    "UPDATE endpoint SET active = 0, off_reason = ?, off_at = ?, off_noted = 0 WHERE id = ? AND active = 1",
    reason,
    now,
    id,
  );
  giveUpAll(sql, id);
}

/** Endpoints that were switched off while the audit log does not say so yet. */
export function offUnnoted(sql: Sql): Endpoint[] {
  return sql.exec("SELECT * FROM endpoint WHERE off_noted = 0").map(endpointOf);
}

export function markOffNoted(sql: Sql, id: string): void {
  sql.exec("UPDATE endpoint SET off_noted = 1 WHERE id = ?", id);
}

function giveUpAll(sql: Sql, id: string): void {
  sql.exec(
    "UPDATE delivery SET status = 'dead', next_at = NULL WHERE endpoint_id = ? AND next_at IS NOT NULL",
    id,
  );
}

function endpointOf(row: SqlRow): Endpoint {
  const time = (name: string) => (row[name] === null ? null : Number(row[name]));
  const { off_reason } = row;
  return {
    id: String(row.id),
    url: String(row.url),
    events: JSON.parse(String(row.events)) as string[],
    active: row.active === 1,
    include_text: row.include_text === 1,
    secret: String(row.secret),
    old_secret: row.old_secret === null ? null : String(row.old_secret),
    old_until: time("old_until"),
    created_at: Number(row.created_at),
    failing_since: time("failing_since"),
    quick: row.quick === 1,
    off_reason: off_reason === "gone" || off_reason === "failing" ? off_reason : null,
    off_at: time("off_at"),
  };
}
