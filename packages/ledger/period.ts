/** A half-open span of time, `start` in, `end` out, in milliseconds since the epoch. */
export type Span = { start: number; end: number };

/** The UTC month `YYYY-MM`, or the month of `now`. @throws RangeError for anything else. */
export function monthOf(period: string | undefined, now: number): Span {
  const text = period ?? new Date(now).toISOString().slice(0, 7);
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  if (!match) throw new RangeError(`no period: ${text}`);
  const [year, month] = [Number(match[1]), Number(match[2])];
  return { start: utcMonth(year, month - 1), end: utcMonth(year, month) };
}

/** The first moment of a month counted from 0; 12 is the next January. Years below 100 stay themselves. */
function utcMonth(year: number, month: number): number {
  return new Date(0).setUTCFullYear(year, month, 1);
}

export const DAY_MS = 86_400_000;

/** The first moment of the UTC day that holds `ms`. */
export function dayStart(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}
