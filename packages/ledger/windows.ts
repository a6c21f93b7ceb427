import type { SqlRow } from "#base/sql";
import { type CalendarSpan, monthSpan, spanAt } from "./calendar.ts";
import { ledgerRow } from "./ledger-row.ts";
import type { Op } from "./operate.ts";
import { NO_WINDOWS, type Windows } from "./rollups.ts";
import type { Grain } from "./types.ts";
import { readWallet } from "./wallet.ts";

/** A stored day or month of the enterprise. */
export type Window = CalendarSpan & { opening_nano: string };

const COLUMNS = "start_at, end_at, label, CAST(opening_nano AS TEXT) AS opening_nano";

/**
 * The window that is open now. When its time is over the next one is begun, by a row of its own: nothing is reset.
 * It begins where the one before ended, or later; also when the enterprise has changed its time zone.
 */
export function openWindow(op: Op, grain: Grain): Window {
  const known = op.kept.windows.get(grain);
  // A clock that is behind by a little does not open a closed window again.
  if (known && op.now < known.end) return known;
  const window = findOrBegin(op, grain);
  op.kept.windows.set(grain, window);
  return window;
}

function findOrBegin(op: Op, grain: Grain): Window {
  const [row] = op.sql.exec(
    `SELECT ${COLUMNS} FROM windows WHERE grain = ? ORDER BY start_at DESC LIMIT 1`,
    grain,
  );
  const last = row ? windowOf(row) : null;
  if (last && op.now < last.end) return last;
  const timeZone = ledgerRow(op).time_zone;
  const span = spanAt(grain, op.now, timeZone);
  const window = {
    ...span,
    start: Math.max(span.start, last?.end ?? span.start),
    // Where the zone was changed far to the west, a rest of a day that has been is part of the last one.
    label: last && last.label > span.label ? last.label : span.label,
    opening_nano: String(grain === "month" ? readWallet(op).balance : 0n),
  };
  op.sql.exec(
    `INSERT INTO windows (grain, start_at, end_at, label, time_zone, opening_nano)
     VALUES (?, ?, ?, ?, ?, CAST(? AS INTEGER))`,
    grain,
    window.start,
    window.end,
    window.label,
    timeZone,
    window.opening_nano,
  );
  return window;
}

/** The stored windows of a label, oldest first: two where the time zone was changed in between. */
export function windowsLabelled(op: Op, grain: Grain, label: string): Window[] {
  return op.sql
    .exec(`SELECT ${COLUMNS} FROM windows WHERE grain = ? AND label = ? ORDER BY start_at`, grain, label)
    .map(windowOf);
}

/** The stored window that follows a moment, or null. */
export function windowAfter(op: Op, grain: Grain, start: number): Window | null {
  const [row] = op.sql.exec(
    `SELECT ${COLUMNS} FROM windows WHERE grain = ? AND start_at > ? ORDER BY start_at LIMIT 1`,
    grain,
    start,
  );
  return row ? windowOf(row) : null;
}

export type Month = { label: string; start: number; end: number; windows: Windows };

/**
 * The month `YYYY-MM`, or the one of now, with its stored windows; where there are none, as the calendar has it.
 * @throws RangeError for anything else.
 */
export function monthOf(op: Op, period?: string): Month {
  const label = period ?? spanAt("month", op.now, ledgerRow(op).time_zone).label;
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(label)) throw new RangeError(`no period: ${label}`);
  const stored = windowsLabelled(op, "month", label);
  const calendar = monthSpan(label, ledgerRow(op).time_zone);
  return {
    label,
    start: stored[0]?.start ?? calendar.start,
    end: stored.at(-1)?.end ?? calendar.end,
    windows: stored.length === 0 ? NO_WINDOWS : { first: stored[0]!.start, last: stored.at(-1)!.start },
  };
}

function windowOf(row: SqlRow): Window {
  return {
    start: Number(row.start_at),
    end: Number(row.end_at),
    label: String(row.label),
    opening_nano: String(row.opening_nano),
  };
}
