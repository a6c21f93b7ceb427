import type { Op } from "./operate.ts";
import { postTransfer } from "./post-transfer.ts";
import { readWallet } from "./wallet.ts";

/**
 * A debt that was paid back can turn out to have been less: an estimate had run into it, and was taken back. What
 * was paid too much is credit again, of the bucket that burns last, so that it can be set aside and spent.
 */
export function giveBack(op: Op): void {
  const surplus = -readWallet(op).debt;
  if (surplus <= 0n) return;
  const [bucket] = op.sql.exec(
    `SELECT account_id FROM accounts WHERE kind = 'bucket'
     ORDER BY COALESCE(expires_at <= ?, 0), priority DESC, expires_at IS NOT NULL, expires_at DESC, opened_at DESC,
       rowid DESC LIMIT 1`,
    op.now,
  );
  postTransfer(op, "repay", [
    { account_id: "overdraft", amount_nano: -surplus },
    { account_id: String(bucket!.account_id), amount_nano: surplus },
  ]);
}
