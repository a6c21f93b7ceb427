/** Months `YYYY-MM`, newest first, from `last` down to `first`, at most 24. */
export function monthsUpTo(last: string, first: string): string[] {
  const months: string[] = [];
  let [year, month] = last.split("-").map(Number) as [number, number];
  for (;;) {
    const period = `${year}-${String(month).padStart(2, "0")}`;
    if ((period < first && months.length > 0) || months.length === MOST_MONTHS) return months;
    months.push(period);
    month -= 1;
    if (month === 0) [year, month] = [year - 1, 12];
  }
}
const MOST_MONTHS = 24;
