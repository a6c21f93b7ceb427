/** Classes of latencies grow by this factor: a percentile read from them is at most 5 % too high, never too low. */
const GROWTH = 1.05;

/** The class of a latency: 0 for less than a millisecond. */
export function latencyClass(ms: number): number {
  return ms < 1 ? 0 : 1 + Math.ceil(Math.log(ms) / Math.log(GROWTH) - 1e-9);
}

/** The longest latency of a class, in whole milliseconds. */
function longestOf(latencyClass: number): number {
  return latencyClass === 0 ? 0 : Math.floor(GROWTH ** (latencyClass - 1) + 1e-6);
}

/** The latency that a part of all stays within, e.g. 0.95; null where there are none. @param classes count by class */
export function percentile(classes: ReadonlyMap<number, number>, part: number): number | null {
  const total = [...classes.values()].reduce((sum, n) => sum + n, 0);
  if (total <= 0) return null;
  let seen = 0;
  for (const [it, n] of [...classes].sort(([a], [b]) => a - b)) {
    seen += n;
    if (seen >= total * part) return longestOf(it);
  }
  return null;
}
