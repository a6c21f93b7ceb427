import { amountOf } from "./amount-of.ts";
import { monthSpan } from "./calendar.ts";
import { ledgerRow } from "./ledger-row.ts";
import type { Op } from "./operate.ts";
import type { Windows } from "./rollups.ts";
import { readWallet } from "./wallet.ts";
import { monthOf, openWindow, windowAfter } from "./windows.ts";

/** A month as an account has it. Amounts are nano-USD; a debt is above zero. */
export type MonthAccount = {
  label: string;
  start: number;
  end: number;
  windows: Windows;
  closed: boolean;
  opening: bigint;
  /** The next month's opening balance, or the balance of now. */
  closing: bigint;
  opening_debt: bigint;
};

/** The month `YYYY-MM`, or the one of now; null where it has not begun. @throws RangeError for anything else. */
export function monthAccount(op: Op, asked?: string): MonthAccount | null {
  // A month that is over is closed by the row of the next one.
  const current = openWindow(op, "month");
  const period = asked ?? current.label;
  const { windows, start, end } = monthOf(op, period);
  if (period > current.label) return null;
  const known = windows.first <= windows.last;
  const next = known ? windowAfter(op, "month", windows.last) : windowLater(op, period);
  const balance = BigInt(next?.opening_nano ?? readWallet(op).balance);
  return {
    label: period,
    ...(known ? { start, end } : unusedSpan(op, period, next?.start ?? end)),
    windows,
    closed: next !== null,
    opening: known ? openingOf(op, windows.first) : balance,
    closing: balance,
    opening_debt: debtBefore(op, known ? windows.first : (next?.start ?? end)),
  };
}

/** A month of which nothing is stored: its bounds are of the time zone that held before it, so that they stay. */
function unusedSpan(op: Op, period: string, nextStart: number): { start: number; end: number } {
  const [before] = op.sql.exec(
    "SELECT end_at, time_zone FROM windows WHERE grain = 'month' AND label < ? ORDER BY start_at DESC LIMIT 1",
    period,
  );
  const [after] = op.sql.exec(
    "SELECT time_zone FROM windows WHERE grain = 'month' AND label > ? ORDER BY start_at LIMIT 1",
    period,
  );
  const span = monthSpan(period, String((before ?? after)?.time_zone ?? ledgerRow(op).time_zone));
  return {
    start: Math.max(span.start, Number(before?.end_at ?? span.start)),
    end: Math.min(span.end, nextStart),
  };
}

function windowLater(op: Op, period: string) {
  const [row] = op.sql.exec(
    "SELECT start_at FROM windows WHERE grain = 'month' AND label > ? ORDER BY start_at LIMIT 1",
    period,
  );
  return row ? windowAfter(op, "month", Number(row.start_at) - 1) : null;
}

function openingOf(op: Op, start: number): bigint {
  return BigInt(windowAfter(op, "month", start - 1)!.opening_nano);
}

function debtBefore(op: Op, start: number): bigint {
  const [row] = op.sql.exec(
    `SELECT CAST(-SUM(amount_nano) AS TEXT) AS debt FROM month_moves INDEXED BY month_moves_of_debt
     WHERE account_id = 'overdraft' AND month_at < ?`,
    start,
  );
  return amountOf(row?.debt);
}
