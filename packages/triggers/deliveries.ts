import type { Sql } from "#base/sql";

/** Requests that one webhook takes in a minute. */
const PER_MINUTE = 60;
/** Longer than a signature is good for, so that no request is taken twice. */
const KEPT_MS = 24 * 3_600_000;
const FORGOTTEN_AT_ONCE = 100;

type Hook = { workflow: string; name: string };

export type Delivery = { ok: true; chat_id: string | null } | { ok: false; code: "RATE_LIMITED" };

/** Notes a request by its id, once; with the chat it came to, if it was there before and came to one. */
export function noteDelivery(sql: Sql, { workflow, name }: Hook, id: string, now: number): Delivery {
  return sql.transaction(() => {
    const at = [workflow, name] as const;
    const [known] = sql.exec(
      "SELECT chat_id FROM delivery WHERE workflow = ? AND name = ? AND id = ?",
      ...at,
      id,
    );
    if (known) return { ok: true, chat_id: known.chat_id === null ? null : String(known.chat_id) };
    const [recent] = sql.exec(
      "SELECT COUNT(*) AS n FROM delivery WHERE workflow = ? AND name = ? AND at > ?",
      ...at,
      now - 60_000,
    );
    if (Number(recent?.n) >= PER_MINUTE) return { ok: false, code: "RATE_LIMITED" };
    sql.exec(
      `DELETE FROM delivery WHERE workflow = ? AND name = ? AND id IN
         (SELECT id FROM delivery WHERE workflow = ? AND name = ? AND at < ? ORDER BY at LIMIT ?)`,
      ...at,
      ...at,
      now - KEPT_MS,
      FORGOTTEN_AT_ONCE,
    );
    sql.exec("INSERT INTO delivery (workflow, name, id, at) VALUES (?, ?, ?, ?)", ...at, id, now);
    return { ok: true, chat_id: null };
  });
}

export function deliveryBegan(
  sql: Sql,
  { workflow, name }: Hook,
  id: string,
  chatId: string,
  now: number,
): void {
  sql.transaction(() => {
    sql.exec(
      "UPDATE delivery SET chat_id = ? WHERE workflow = ? AND name = ? AND id = ?",
      ...[chatId, workflow, name, id],
    );
    sql.exec(
      "UPDATE trigger_row SET last_at = ?, last_chat_id = ? WHERE workflow = ? AND name = ?",
      ...[now, chatId, workflow, name],
    );
  });
}
