import type { Sql } from "#base/sql";
import { amountOf } from "./amount-of.ts";
import { greater } from "./bigints.ts";
import { type Bucket, openBuckets } from "./buckets.ts";

/** What the owner has, in nano-USD. `balance` includes what is held; a debt is below zero. */
export type Wallet = {
  buckets: Bucket[];
  /** What may still be drawn beyond the balance for use that turned out dearer than its hold. Never held. */
  overdraft_left: bigint;
  debt: bigint;
  balance: bigint;
  held: bigint;
  available: bigint;
};

export function readWallet(sql: Sql): Wallet {
  const buckets = openBuckets(sql);
  const [row] = sql.exec(
    `SELECT CAST(balance_nano AS TEXT) AS balance, CAST(floor_nano AS TEXT) AS floor
     FROM accounts WHERE account_id = 'overdraft'`,
  );
  const debt = -amountOf(row?.balance);
  const balance = buckets.reduce((sum, bucket) => sum + bucket.balance, 0n) - debt;
  const held = buckets.reduce((sum, bucket) => sum + bucket.held, 0n);
  return {
    buckets,
    overdraft_left: -amountOf(row?.floor) - debt,
    debt,
    balance,
    held,
    available: greater(balance - held, 0n),
  };
}
