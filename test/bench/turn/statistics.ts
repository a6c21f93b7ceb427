/** The value below which the share `q` (0–1) of the values lies; NaN of none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/**
 * The same of times that a clock of whole milliseconds measured, to parts of one: those of one figure are taken to be
 * spread evenly about it.
 */
export function quantileOfWholeMs(values: readonly number[], q: number): number {
  const at = q * values.length;
  let below = 0;
  for (const value of [...new Set(values)].sort((a, b) => a - b)) {
    const here = values.filter((it) => it === value).length;
    if (below + here >= at) return Math.max(0, value - 0.5 + (at - below) / here);
    below += here;
  }
  return Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  if (!Number.isInteger(half)) return sorted[Math.floor(half)]!;
  return sorted.length === 0 ? Number.NaN : (sorted[half - 1]! + sorted[half]!) / 2;
}

export type Range = { median: number; min: number; max: number };

export function rangeOf(values: readonly number[]): Range {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}
