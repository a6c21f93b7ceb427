import { noteUnfolded } from "./fold.ts";
import type { Op } from "./operate.ts";
import { moveInWallet } from "./wallet.ts";
import { openWindow } from "./windows.ts";

export type Leg = { account_id: string; amount_nano: bigint };

/**
 * Writes a transfer; its entries move the balances (a trigger does, so they can't disagree).
 * @returns its id, or null when nothing moves.
 * @throws Error when the legs do not sum to zero: a programming error that must undo the operation.
 */
export function postTransfer(
  op: Op,
  kind: "credit" | "usage" | "adjust" | "expiry" | "repay",
  legs: Leg[],
): number | null {
  const moving = legs.filter((leg) => leg.amount_nano !== 0n);
  if (moving.length === 0) return null;
  if (moving.reduce((sum, leg) => sum + leg.amount_nano, 0n) !== 0n) {
    throw new Error("a transfer's entries must sum to zero");
  }
  const [row] = op.sql.exec(
    `INSERT INTO transfers (transfer_id, kind, at, month_at) VALUES (${NEXT_ID}, ?, ?, ?) RETURNING transfer_id`,
    kind,
    op.now,
    openWindow(op, "month").start,
  );
  const id = Number(row!.transfer_id);
  op.sql.exec(
    `INSERT INTO entries (transfer_id, account_id, amount_nano)
     VALUES ${moving.map(() => "(?, ?, CAST(? AS INTEGER))").join(", ")}`,
    ...moving.flatMap((leg) => [id, leg.account_id, String(leg.amount_nano)]),
  );
  moveInWallet(op, moving);
  noteUnfolded(op);
  return id;
}

/** Left to itself, SQLite would give the numbers of archived transfers again when no newer one is left. */
const NEXT_ID = `(SELECT 1 + MAX(COALESCE((SELECT MAX(transfer_id) FROM transfers), 0),
  COALESCE((SELECT last_transfer_id FROM archive_parts ORDER BY last_row_id DESC LIMIT 1), 0)))`;
