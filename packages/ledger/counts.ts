import { LEDGER_LIMITS } from "./limits.ts";
import type { TokenCounts } from "./types.ts";

export const NO_TOKENS: TokenCounts = { input: 0, cache_read: 0, cache_write: 0, output: 0, reasoning: 0 };

/** A whole, non-negative number of tokens that a provider can mean. */
export function isTokenCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LEDGER_LIMITS.maxTokens;
}

export function areTokenCounts(counts: TokenCounts): boolean {
  if (typeof counts !== "object" || counts === null) return false;
  return [counts.input, counts.cache_read, counts.cache_write, counts.output, counts.reasoning].every(
    isTokenCount,
  );
}

/** Each class at its highest: makes cumulative reports harmless when doubled or out of order. */
export function maxCounts(a: TokenCounts, b: TokenCounts): TokenCounts {
  return {
    input: Math.max(a.input, b.input),
    cache_read: Math.max(a.cache_read, b.cache_read),
    cache_write: Math.max(a.cache_write, b.cache_write),
    output: Math.max(a.output, b.output),
    reasoning: Math.max(a.reasoning, b.reasoning),
  };
}

/** −1 undoes, 1 keeps. Zero stays plain zero. */
export function timesCounts(counts: TokenCounts, sign: 1 | -1): TokenCounts {
  return {
    input: counts.input * sign || 0,
    cache_read: counts.cache_read * sign || 0,
    cache_write: counts.cache_write * sign || 0,
    output: counts.output * sign || 0,
    reasoning: counts.reasoning * sign || 0,
  };
}

/**
 * What a call that told no end has used: its checkpoint, with the input estimate where no checkpoint named
 * input. The first estimate counts all input as uncached; once cache tokens are known they are taken out of
 * it, or they would be charged twice.
 */
export function estimatedCounts(checkpoint: TokenCounts, inputUpper: number): TokenCounts {
  const cached = checkpoint.cache_read + checkpoint.cache_write;
  if (checkpoint.input + cached === 0) return { ...checkpoint, input: inputUpper };
  if (cached === 0) return checkpoint;
  return { ...checkpoint, input: Math.max(0, Math.min(checkpoint.input, inputUpper - cached)) };
}
