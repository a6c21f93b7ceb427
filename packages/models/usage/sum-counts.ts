import type { TokenCounts } from "#ledger/types";

/** All tokens of all pools. */
export function sumCounts(counts: TokenCounts): number {
  return counts.input + counts.cache_read + counts.cache_write + counts.output + counts.reasoning;
}
