import type { Sql } from "#base/sql";
import { amountOf } from "./amount-of.ts";
import { lesser } from "./bigints.ts";
import type { Op } from "./operate.ts";

/** A credit with money left in it. Amounts are nano-USD. */
export type Bucket = { account_id: string; balance: bigint; held: bigint; expires_at: number | null };

/** What was taken from which bucket, in the order it was taken. */
export type Taken = Record<string, string>;

/** Buckets with money, in the order they burn: priority, then expiry (never is last), then age. */
export function openBuckets(sql: Sql): Bucket[] {
  return sql
    .exec(
      `SELECT account_id, CAST(balance_nano AS TEXT) AS balance, CAST(held_nano AS TEXT) AS held, expires_at FROM accounts
       WHERE kind = 'bucket' AND balance_nano > 0
       ORDER BY priority, expires_at IS NULL, expires_at, opened_at, rowid`,
    )
    .map((row) => ({
      account_id: String(row.account_id),
      balance: amountOf(row.balance),
      held: amountOf(row.held),
      expires_at: row.expires_at === null ? null : Number(row.expires_at),
    }));
}

/**
 * Takes up to `amount` from what is free, bucket by bucket. The buckets named in `first` go before the others.
 * `short` is what no bucket had.
 */
export function takeFrom(
  buckets: readonly Bucket[],
  amount: bigint,
  first: readonly string[] = [],
): { taken: Taken; short: bigint } {
  const taken: Taken = {};
  let short = amount;
  const ordered = [
    ...buckets.filter((bucket) => first.includes(bucket.account_id)),
    ...buckets.filter((bucket) => !first.includes(bucket.account_id)),
  ];
  for (const bucket of ordered) {
    if (short === 0n) break;
    const free = bucket.balance - bucket.held;
    const part = lesser(free, short);
    if (part <= 0n) continue;
    taken[bucket.account_id] = String(part);
    short -= part;
  }
  return { taken, short };
}

/** Moves what a hold took into (1) or out of (−1) the buckets' held amounts. */
export function changeHeld(op: Op, taken: Taken, sign: 1 | -1): void {
  for (const [account, amount] of Object.entries(taken)) {
    const change = BigInt(amount) * BigInt(sign);
    op.sql.exec(
      "UPDATE accounts SET held_nano = held_nano + CAST(? AS INTEGER) WHERE account_id = ?",
      String(change),
      account,
    );
    const bucket = op.kept.wallet?.buckets.find((it) => it.account_id === account);
    if (bucket) bucket.held += change;
  }
}
