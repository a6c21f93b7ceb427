import type { Analytics } from "#protocol/api/analytics";

export type Day = { day: string; totalTokens: number; costNano: string };

const DAY_MS = 86_400_000;

/** One entry for every day of the app's own from `from` (inclusive) to `to` (exclusive); days without use are zero. */
export function daysOf(range: Pick<Analytics, "from" | "to" | "time_zone" | "by_day">): Day[] {
  const known = new Map(range.by_day.map((row) => [row.key, row]));
  const dates = new Intl.DateTimeFormat("en-CA", {
    timeZone: range.time_zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const [first, end] = [range.from, range.to].map((at) => Date.parse(dates.format(new Date(at))));
  const days: Day[] = [];
  // A date without its zone steps by whole days, whatever the clocks there do.
  for (let at = first!; at < end!; at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    const row = known.get(day);
    days.push({ day, totalTokens: row?.total_tokens ?? 0, costNano: row?.cost_nano ?? "0" });
  }
  return days;
}
