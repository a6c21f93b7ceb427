import type { Analytics } from "#protocol/api/analytics";

export type Day = { day: string; totalTokens: number; costNano: string };

const DAY_MS = 86_400_000;

/** One entry for every UTC day from `from` (inclusive) to `to` (exclusive); days without use are zero. */
export function daysOf({ from, to, by_day }: Pick<Analytics, "from" | "to" | "by_day">): Day[] {
  const known = new Map(by_day.map((row) => [row.key, row]));
  const days: Day[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    const row = known.get(day);
    days.push({ day, totalTokens: row?.total_tokens ?? 0, costNano: row?.cost_nano ?? "0" });
  }
  return days;
}
