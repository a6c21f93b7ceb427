const SHORTEST_DELAY_MS = 300;
const FIRST_BOUND_MS = 1_000;
const LONGEST_DELAY_MS = 10_000;

/**
 * How long to wait before connecting again: full jitter, a random moment up to a bound that doubles
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), and never at once: after a deploy all
 * come back together. `attempt` counts from 0, `random` is in [0, 1). Milliseconds.
 */
export function backoffMs(attempt: number, random: number): number {
  const bound = Math.min(LONGEST_DELAY_MS, FIRST_BOUND_MS * 2 ** attempt);
  return Math.round(SHORTEST_DELAY_MS + random * (bound - SHORTEST_DELAY_MS));
}
