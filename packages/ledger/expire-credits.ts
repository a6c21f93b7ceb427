import { amountOf } from "./amount-of.ts";
import type { Op } from "./operate.ts";
import { postTransfer } from "./post-transfer.ts";
import { raiseSeq } from "./seq.ts";
import { readWallet } from "./wallet.ts";

/** Takes back what is left of credits past their date. What a hold took stays until the hold ends. */
export function expireCredits(op: Op): void {
  const { buckets } = readWallet(op);
  if (!buckets.some(({ expires_at }) => expires_at !== null && expires_at <= op.now)) return;
  const rows = op.sql.exec(
    `SELECT account_id, CAST(balance_nano - held_nano AS TEXT) AS free FROM accounts
     WHERE kind = 'bucket' AND balance_nano > 0 AND expires_at <= ? AND balance_nano > held_nano`,
    op.now,
  );
  for (const row of rows) {
    const free = amountOf(row.free);
    postTransfer(op, "expiry", [
      { account_id: String(row.account_id), amount_nano: -free },
      { account_id: "expired", amount_nano: free },
    ]);
  }
  if (rows.length > 0) raiseSeq(op);
}
