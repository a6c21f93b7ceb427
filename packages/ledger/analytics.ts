import { isoTime } from "#base/clock";
import type { Analytics } from "#protocol/api/analytics";
import { daySpan, nextDate, spanAt } from "./calendar.ts";
import type { LedgerDeps } from "./deps.ts";
import { experience } from "./experience.ts";
import { ledgerRow } from "./ledger-row.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { lookAtSums, type Op } from "./operate.ts";
import { refuse } from "./refuse.ts";
import { countKeys, NO_WINDOWS, sumsBy, sumsByWindow, totalSums, type Windows } from "./rollups.ts";
import { addSums, type KeyedTotals, type Sums, totalsOf } from "./totals.ts";
import type { Refusal } from "./types.ts";

const DEFAULT_DAYS = 30;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** `YYYY-MM-DD`: `from` inclusive, `to` exclusive; the last 30 days, today included, by default. */
export type AnalyticsAsk = { from?: string; to?: string; granularity?: "hour" | "day" | "month" };

/**
 * Use by day of the enterprise's time zone, and by hour or month where asked for, by workflow, model and user.
 * Refuses BAD_REQUEST for a span that is empty or too long.
 */
export function analytics(deps: LedgerDeps, ask: AnalyticsAsk = {}): Analytics | Refusal {
  return lookAtSums(deps, (op) => {
    const timeZone = ledgerRow(op).time_zone;
    const to = ask.to ?? nextDate(spanAt("day", op.now, timeZone).label);
    const from = ask.from ?? daysBefore(to, DEFAULT_DAYS);
    const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
    const longest = ask.granularity === "hour" ? LEDGER_LIMITS.hoursMaxDays : LEDGER_LIMITS.analyticsMaxDays;
    if (!(Number.isInteger(days) && days > 0 && days <= longest)) return refuse("BAD_REQUEST");
    const windows = windowsBetween(op, from, to);
    const starts = spanOf(windows);
    const totals = totalSums(op, "day", starts);
    const lines = (dim: "workflow" | "model" | "user") =>
      sumsBy(op, "day", starts, dim, LEDGER_LIMITS.usageMaxLines).lines;
    const byDay = sumsByWindow(op, "day", starts);
    return {
      enterprise_id: op.enterprise_id,
      time_zone: timeZone,
      from: isoTime(daySpan(from, timeZone).start),
      to: isoTime(daySpan(to, timeZone).start),
      chats: countKeys(op, "day", starts, "chat"),
      runs: totals.runs,
      users: countKeys(op, "day", starts, "user"),
      totals: totalsOf(totals),
      ...experience(op, starts),
      by_day: joined(windows, ({ label }) => label, byDay),
      ...(ask.granularity === "hour" ? { by_hour: byHour(op, windows) } : {}),
      ...(ask.granularity === "month"
        ? { by_month: joined(windows, ({ label }) => label.slice(0, 7), byDay) }
        : {}),
      by_workflow: lines("workflow"),
      by_model: lines("model"),
      by_user: lines("user"),
    };
  });
}

type Day = { start: number; end: number; label: string };

function windowsBetween(op: Op, from: string, to: string): Day[] {
  return op.sql
    .exec(
      `SELECT start_at, end_at, label FROM windows WHERE grain = 'day' AND label >= ? AND label < ? ORDER BY start_at`,
      from,
      to,
    )
    .map((row) => ({ start: Number(row.start_at), end: Number(row.end_at), label: String(row.label) }));
}

function spanOf(windows: readonly Day[]): Windows {
  return windows.length === 0 ? NO_WINDOWS : { first: windows[0]!.start, last: windows.at(-1)!.start };
}

/** Windows of one key are one line (a day has two where the time zone was changed on it). */
function joined(
  windows: readonly Day[],
  keyOf: (day: Day) => string,
  sums: Map<number, Sums>,
): KeyedTotals[] {
  const byKey = new Map<string, Sums>();
  for (const window of windows) {
    const found = sums.get(window.start);
    if (!found) continue;
    const key = keyOf(window);
    byKey.set(key, addSums([...(byKey.has(key) ? [byKey.get(key)!] : []), found]));
  }
  return linesOf(byKey);
}

/** Hours are UTC's: a zone that is off by half an hour has its days begin in the middle of one. */
function byHour(op: Op, windows: readonly Day[]): KeyedTotals[] {
  if (windows.length === 0) return [];
  const first = Math.floor(windows[0]!.start / HOUR_MS) * HOUR_MS;
  const sums = sumsByWindow(op, "hour", { first, last: windows.at(-1)!.end - 1 });
  return linesOf(new Map([...sums].map(([start, found]) => [isoTime(start), found])));
}

function linesOf(sums: Map<string, Sums>): KeyedTotals[] {
  return [...sums]
    .filter(([, { calls, cost_nano }]) => calls !== 0 || cost_nano !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, found]) => ({ key, ...totalsOf(found) }));
}

function daysBefore(date: string, days: number): string {
  const at = Date.parse(date) - days * DAY_MS;
  return Number.isFinite(at) ? new Date(at).toISOString().slice(0, 10) : date;
}
