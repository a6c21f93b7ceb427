import type { LanguageModelV4Usage } from "@ai-sdk/provider";
import type { TokenCounts } from "#ledger/types";

/**
 * A provider's usage as exclusive pools that sum to what the provider says it counted, or null when it reported
 * no totals. Providers differ in what they break down: a missing part is what remains of its total, and parts
 * that exceed their total (some count cache reads on top) raise it, so that nothing used is left unbilled.
 */
export function tokenCounts(usage: LanguageModelV4Usage): TokenCounts | null {
  const { inputTokens, outputTokens } = usage;
  const cacheRead = whole(inputTokens.cacheRead) ?? 0;
  const cacheWrite = whole(inputTokens.cacheWrite) ?? 0;
  const input = rest(whole(inputTokens.total), whole(inputTokens.noCache), cacheRead + cacheWrite);
  const reasoning = whole(outputTokens.reasoning) ?? 0;
  const output = rest(whole(outputTokens.total), whole(outputTokens.text), reasoning);
  if (input === null || output === null) return null;
  return { input, cache_read: cacheRead, cache_write: cacheWrite, output, reasoning };
}

/** What of `total` is in none of the `others`: at least `named`, the provider's own figure for it. */
function rest(total: number | null, named: number | null, others: number): number | null {
  if (total === null) return named;
  return Math.max(named ?? 0, total - others, 0);
}

/** Counts are whole and not negative; anything else a provider sends is no count. */
function whole(count: number | undefined): number | null {
  return count !== undefined && Number.isFinite(count) && count >= 0 ? Math.ceil(count) : null;
}
