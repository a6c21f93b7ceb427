/**
 * The month `YYYY-MM` that a period is. Its middle tells, in any time zone: its ends stand in the neighbouring
 * months of UTC.
 */
export function monthOf({ start, end }: { start: string; end: string }): string {
  return new Date((Date.parse(start) + Date.parse(end)) / 2).toISOString().slice(0, "2026-11".length);
}
