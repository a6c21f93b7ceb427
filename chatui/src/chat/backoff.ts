const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;

/**
 * How long to wait before connecting again: full jitter, a random share of a bound that doubles
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). `attempt` counts from 0,
 * `random` is in [0, 1). Milliseconds.
 */
export function backoffMs(attempt: number, random: number): number {
  return Math.round(random * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt));
}
