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
    const found = asks.map(({ key, rate }) => ({ key, rate, ...look(sql, key, rate, now) }));
    for (const [i, { spent, rate }] of found.entries()) {
      const over = spent + 1 - rate.max;
      if (over > EPSILON) return { ok: false, refused: i, retry_after_s: seconds(over, rate) };
    }
    for (const it of found) put(sql, it, it.spent + 1);
    return { ok: true };
  });
}

/** Gives back what was taken for something that came to nothing. */
export function giveBack(sql: Sql, asks: readonly Ask[], now: number): void {
  sql.transaction(() => {
    for (const { key, rate } of asks) {
      const { spent, at } = look(sql, key, rate, now);
      put(sql, { key, rate, at }, Math.max(0, spent - 1));
    }
  });
}

/** What of a bucket is spent, and as of when: of two clocks the later one, so that time is not counted twice. */
function look(sql: Sql, key: string, rate: Rate, now: number): { spent: number; at: number } {
  const [row] = sql.exec("SELECT spent, at FROM bucket WHERE key = ?", key);
  if (!row) return { spent: 0, at: now };
  const at = Math.max(now, Number(row.at));
  return { spent: Math.max(0, Number(row.spent) - ((at - Number(row.at)) * rate.max) / rate.per_ms), at };
}

function put(sql: Sql, { key, rate, at }: Ask & { at: number }, spent: number): void {
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
