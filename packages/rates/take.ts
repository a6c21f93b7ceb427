import type { Sql } from "#base/sql";
import type { Ask, Rate, Verdict } from "./rate.ts";

/** Rows that are as good as none and go with each call. */
const SWEPT = 20;
/** Sums of fractions are a hair off. */
const EPSILON = 1e-6;

/**
 * Takes one of each bucket, of all or of none, in one transaction: of a hundred at once exactly as many pass as there is
 * room for. What is refused writes nothing. A clock that steps back gives nothing.
 */
export function take(sql: Sql, asks: readonly Ask[], now: number): Verdict {
  return sql.transaction(() => {
    sweep(sql, now);
    const spent = asks.map(({ key, rate }) => spentOf(sql, key, rate, now));
    for (const [i, { rate }] of asks.entries()) {
      const over = (spent[i] ?? 0) + 1 - rate.max;
      if (over > EPSILON) return { ok: false, refused: i, retry_after_s: seconds(over, rate) };
    }
    for (const [i, { key, rate }] of asks.entries()) put(sql, key, rate, (spent[i] ?? 0) + 1, now);
    return { ok: true };
  });
}

/** Gives back what was taken for something that came to nothing. */
export function giveBack(sql: Sql, asks: readonly Ask[], now: number): void {
  sql.transaction(() => {
    for (const { key, rate } of asks) put(sql, key, rate, Math.max(0, spentOf(sql, key, rate, now) - 1), now);
  });
}

function spentOf(sql: Sql, key: string, rate: Rate, now: number): number {
  const [row] = sql.exec("SELECT spent, at FROM bucket WHERE key = ?", key);
  if (!row) return 0;
  const passed = Math.max(0, now - Number(row.at));
  return Math.max(0, Number(row.spent) - (passed * rate.max) / rate.per_ms);
}

function put(sql: Sql, key: string, rate: Rate, spent: number, now: number): void {
  // Of two clocks the later one stays: time that was counted is not counted again.
  const [row] = sql.exec("SELECT at FROM bucket WHERE key = ?", key);
  const at = Math.max(now, Number(row?.at ?? 0));
  const fullAt = Math.ceil(at + (spent * rate.per_ms) / rate.max);
  sql.exec(
    `INSERT INTO bucket (key, spent, at, full_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET spent = excluded.spent, at = excluded.at, full_at = excluded.full_at`,
    ...[key, spent, at, fullAt],
  );
}

function sweep(sql: Sql, now: number): void {
  sql.exec(
    "DELETE FROM bucket WHERE key IN (SELECT key FROM bucket WHERE full_at <= ? ORDER BY full_at LIMIT ?)",
    now,
    SWEPT,
  );
}

const seconds = (over: number, { max, per_ms }: Rate) =>
  Math.max(1, Math.ceil((over * per_ms) / max / 1_000));
