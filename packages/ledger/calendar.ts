import type { Grain } from "./types.ts";

/** One day or month of a time zone: `start` in, `end` out, in milliseconds since the epoch. */
export type CalendarSpan = { start: number; end: number; label: string };

/** Further from UTC than any zone has been or is. */
const WIDEST_OFFSET_MS = 16 * 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError for a name that is no time zone. */
function dateFormat(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    // Making one is slow; there are a few hundred zones at most.
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    formats.set(timeZone, format);
  }
  return format;
}

export function isTimeZone(name: string): boolean {
  try {
    return dateFormat(name) !== null;
  } catch {
    return false;
  }
}

/** The local date `YYYY-MM-DD` at a moment. */
export function localDate(ms: number, timeZone: string): string {
  return dateFormat(timeZone).format(ms);
}

/**
 * The first moment that belongs to a local date or to a later one: right where midnight does not exist
 * (a clock put forward at midnight) and where it exists twice.
 */
function dateStart(date: string, timeZone: string): number {
  const middle = Date.parse(`${date}T00:00:00Z`);
  let [before, after] = [middle - WIDEST_OFFSET_MS, middle + WIDEST_OFFSET_MS];
  while (after - before > 1) {
    const probe = Math.floor((before + after) / 2);
    if (localDate(probe, timeZone) < date) before = probe;
    else after = probe;
  }
  return after;
}

/** The day or month of a time zone that holds a moment. */
export function spanAt(grain: Grain, ms: number, timeZone: string): CalendarSpan {
  const today = localDate(ms, timeZone);
  return grain === "day" ? daySpan(today, timeZone) : monthSpan(today.slice(0, 7), timeZone);
}

/** @param month `YYYY-MM` */
export function monthSpan(month: string, timeZone: string): CalendarSpan {
  return {
    start: dateStart(`${month}-01`, timeZone),
    end: dateStart(`${nextMonth(month)}-01`, timeZone),
    label: month,
  };
}

/** @param date `YYYY-MM-DD` */
export function daySpan(date: string, timeZone: string): CalendarSpan {
  return { start: dateStart(date, timeZone), end: dateStart(nextDate(date), timeZone), label: date };
}

/** Dates without a time zone are counted in UTC, where every day has 24 hours. */
export function nextDate(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function nextMonth(month: string): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  const next = number === 12 ? [year + 1, 1] : [year, number + 1];
  return `${String(next[0]).padStart(4, "0")}-${String(next[1]).padStart(2, "0")}`;
}
