import { amountOf } from "./amount-of.ts";
import type { Op } from "./operate.ts";
import type { Windows } from "./rollups.ts";

/** What moved a balance in some months, in nano-USD. Each has the sign it has in the balance. */
export type Moves = {
  credits: [kind: string, amount: bigint][];
  usage: bigint;
  adjustments: bigint;
  /** Of the adjustments: usage that was taken back. */
  adjusted: bigint;
  absorbed: bigint;
  expired: bigint;
  /** The sum of all that. */
  balance: bigint;
  /** How much of it was owed, and how much of a debt was paid back; less what turned out not to have been. */
  drawn: bigint;
  repaid: bigint;
};

/**
 * Every transfer sums to zero, so the balance moved by as much as all other accounts of the platform's book did, the
 * other way: that is where the money came from or went to.
 */
export function readMoves(op: Op, { first, last }: Windows): Moves {
  const moves: Moves = {
    credits: [],
    usage: 0n,
    adjustments: 0n,
    adjusted: 0n,
    absorbed: 0n,
    expired: 0n,
    balance: 0n,
    drawn: 0n,
    repaid: 0n,
  };
  for (const { account, kind, source, amount } of readSums(op, first, last)) {
    switch (account) {
      case "bucket":
        break;
      case "overdraft":
        if (kind === "repay") moves.repaid += amount;
        else moves.drawn -= amount;
        break;
      case "source":
        if (kind === "credit") moves.credits.push([source, -amount]);
        else moves.adjustments -= amount;
        break;
      case "absorbed":
        moves.absorbed -= amount;
        break;
      case "expired":
        moves.expired -= amount;
        break;
      default:
        if (kind === "usage") moves.usage -= amount;
        else moves.adjustments -= amount;
        if (kind === "adjust") moves.adjusted -= amount;
    }
    if (account !== "bucket" && account !== "overdraft") moves.balance -= amount;
  }
  return moves;
}

function readSums(op: Op, first: number, last: number) {
  return op.sql
    .exec(
      `SELECT accounts.kind AS account, month_moves.kind AS kind, CAST(SUM(amount_nano) AS TEXT) AS amount,
         CASE accounts.kind WHEN 'source' THEN substr(account_id, length('source:') + 1) ELSE '' END AS source
       FROM month_moves JOIN accounts USING (account_id) WHERE month_at BETWEEN ? AND ?
       GROUP BY account, month_moves.kind, source HAVING SUM(amount_nano) <> 0 ORDER BY source`,
      first,
      last,
    )
    .map((row) => ({
      account: String(row.account),
      kind: String(row.kind),
      source: String(row.source),
      amount: amountOf(row.amount),
    }));
}
