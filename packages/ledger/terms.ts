import { ledgerRow } from "./ledger-row.ts";
import type { Op } from "./operate.ts";
import type { Leg } from "./post-transfer.ts";

/** How a charge is shared out, in basis points (1/100 of a percent). Absent: all of it is the platform's. */
export type Terms = {
  /**
   * What the owner asks of their users on top of the cost. When set, each charge also moves money in the owner's
   * own book: from the user to the owner's sales, at cost plus this.
   */
  owner_markup_bps?: number;
  /** Who gets a part of what the platform takes, e.g. the author of a template. Their sum is at most 10,000. */
  shares?: { account: string; bps: number }[];
};

/** Where a charge goes: the platform and those who share, then the owner's own book. Each book sums by itself. */
export function earnings(op: Op, userId: string, cost: bigint): Leg[] {
  const { shares = [], owner_markup_bps } = ledgerRow(op).terms;
  const parts = shares.map(({ account, bps }) => ({
    account_id: accountOf(op, `share:${account}`, "share", "platform"),
    amount_nano: (cost * BigInt(bps)) / 10_000n,
  }));
  const shared = parts.reduce((sum, part) => sum + part.amount_nano, 0n);
  const legs: Leg[] = [...parts, { account_id: "revenue", amount_nano: cost - shared }];
  if (owner_markup_bps === undefined) return legs;
  const price = (cost * BigInt(10_000 + owner_markup_bps) + 9_999n) / 10_000n;
  return [
    ...legs,
    { account_id: accountOf(op, `user:${userId}`, "user", "owner"), amount_nano: -price },
    { account_id: "sales", amount_nano: price },
  ];
}

function accountOf(op: Op, id: string, kind: string, book: string): string {
  op.sql.exec(
    "INSERT OR IGNORE INTO accounts (account_id, kind, book, opened_at) VALUES (?, ?, ?, ?)",
    id,
    kind,
    book,
    op.now,
  );
  return id;
}
