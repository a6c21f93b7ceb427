import type { Op } from "./operate.ts";
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
    "INSERT INTO transfers (kind, at, month_at) VALUES (?, ?, ?) RETURNING transfer_id",
    kind,
    op.now,
    openWindow(op, "month").start,
  );
  const id = Number(row!.transfer_id);
  for (const leg of moving) {
    op.sql.exec(
      "INSERT INTO entries (transfer_id, account_id, amount_nano) VALUES (?, ?, CAST(? AS INTEGER))",
      id,
      leg.account_id,
      String(leg.amount_nano),
    );
  }
  return id;
}
