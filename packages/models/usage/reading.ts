import { areTokenCounts } from "#ledger/counts";
import type { TokenCounts } from "#ledger/types";
import { sumCounts } from "./sum-counts.ts";

/**
 * What one usage object says. `drift`: by how many tokens the provider's own total is above (below zero: under)
 * what its parts make; 0 when they agree or when it names no total. Worth a log line: a format has changed.
 */
export type Reading = { counts: TokenCounts; drift: number };

/**
 * A reading that can be billed by, else null. All zeros is no usage: every call has a prompt, and adapters write
 * zeros where the last frame of a stream, the one with the figures, never came. Such a call is charged by
 * estimate; billed as read it would be free.
 */
export function usable(reading: Reading | null): Reading | null {
  return reading && areTokenCounts(reading.counts) && sumCounts(reading.counts) > 0 ? reading : null;
}
