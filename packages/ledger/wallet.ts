import { amountOf } from "./amount-of.ts";
import { greater } from "./bigints.ts";
import { type Bucket, openBuckets } from "./buckets.ts";
import type { Op } from "./operate.ts";
import type { Leg } from "./post-transfer.ts";

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

/** As it stands in the rows. */
export type StoredWallet = { buckets: Bucket[]; debt: bigint; overdraft: bigint };

export function readWallet(op: Op): Wallet {
  op.kept.wallet ??= storedWallet(op);
  const { debt, overdraft } = op.kept.wallet;
  const buckets = op.kept.wallet.buckets.filter((bucket) => bucket.balance > 0n);
  const balance = buckets.reduce((sum, bucket) => sum + bucket.balance, 0n) - debt;
  const held = buckets.reduce((sum, bucket) => sum + bucket.held, 0n);
  return {
    buckets,
    overdraft_left: overdraft - debt,
    debt,
    balance,
    held,
    available: greater(balance - held, 0n),
  };
}

function storedWallet({ sql }: Op): StoredWallet {
  const [row] = sql.exec(
    `SELECT CAST(balance_nano AS TEXT) AS balance, CAST(floor_nano AS TEXT) AS floor
     FROM accounts WHERE account_id = 'overdraft'`,
  );
  return { buckets: openBuckets(sql), debt: -amountOf(row?.balance), overdraft: -amountOf(row?.floor) };
}

const NO_BUCKET = /^(revenue|absorbed|expired|sales|(source|share|user):.*)$/s;

/** What a transfer moves, in what is remembered of the wallet. */
export function moveInWallet(op: Op, legs: readonly Leg[]): void {
  const { wallet } = op.kept;
  if (!wallet) return;
  for (const { account_id, amount_nano } of legs) {
    const bucket = wallet.buckets.find((it) => it.account_id === account_id);
    if (account_id === "overdraft") wallet.debt -= amount_nano;
    else if (bucket) bucket.balance += amount_nano;
    // One that is new, or was empty: its place in the order is the database's to say.
    else if (!NO_BUCKET.test(account_id)) op.kept.wallet = undefined;
  }
}
