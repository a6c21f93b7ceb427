/** Tries of one delivery, the first included. */
export const MAX_TRIES = 8;
/** Waits are 10 s, 50 s, 4 min, 21 min, 1.7 h, 8.7 h, 12 h: about 23 hours in all, give or take a fifth. */
const FIRST_MS = 10_000;
const FACTOR = 5;
const LONGEST_MS = 12 * 3_600_000;
const JITTER = 0.2;

/**
 * When a delivery is tried again after so many tries, or null: it was the last. `askedMs`: how long the endpoint wants
 * to be left alone, kept up to the longest wait. `random` gives numbers from 0 up to 1.
 */
export function retryAt(
  it: { tries: number; now: number; askedMs: number | null },
  random: () => number,
): number | null {
  if (it.tries >= MAX_TRIES) return null;
  const plain = Math.min(FIRST_MS * FACTOR ** Math.max(0, it.tries - 1), LONGEST_MS);
  const spread = plain * (1 - JITTER + 2 * JITTER * random());
  const asked = Math.min(it.askedMs ?? 0, LONGEST_MS);
  return it.now + Math.round(Math.max(spread, asked));
}

/** `retry-after` as milliseconds from now: seconds or a date; null for neither. */
export function askedMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
