import type { TokenCounts } from "#ledger/types";
import { countAt } from "./count-at.ts";
import { placeParts } from "./place-parts.ts";
import { type Reading, usable } from "./reading.ts";
import { sumCounts } from "./sum-counts.ts";

/**
 * `usage` of Anthropic's Messages API; in a stream the one of `message_start` with that of the last `message_delta`
 * over it, whose figures are cumulative.
 *
 * `input_tokens` is what was neither read from nor written to a cache: `cache_read_input_tokens` and
 * `cache_creation_input_tokens` stand beside it. `cache_creation` splits the latter by how long it is kept (5 minutes,
 * 1 hour) and sums to it; if the two disagree the greater counts, never both. `output_tokens` holds
 * `output_tokens_details.thinking_tokens`. No total is named.
 *
 * With compaction, `iterations` lists each sampling: the figures above leave those of type `compaction` out, though
 * they are billed, so these are added. Other iterations are in the figures above already, or are not this model's
 * to bill (a declined fallback, an advisor); what they have over the figures above is drift.
 *
 * Sources: platform.claude.com/docs/en/build-with-claude/prompt-caching ("Tracking cache performance", "1-hour cache
 * duration") and /compaction ("Understanding usage"); anthropic-sdk-python 0.105.0 for `thinking_tokens`.
 */
export function readAnthropic(raw: unknown): Reading | null {
  const top = readSampling(raw);
  if (!top) return null;
  const samplings = iterationsOf(raw);
  const compactions = samplings.filter(({ type }) => type === "compaction");
  const counts = compactions.reduce((sum, { counts: more }) => add(sum, more), top.counts);
  const listed = samplings.reduce((sum, { counts: more }) => sum + sumCounts(more), 0);
  const unbilled = samplings.length === 0 ? 0 : listed - sumCounts(counts);
  return usable({ counts, drift: top.drift + unbilled });
}

function readSampling(raw: unknown): Reading | null {
  const write = countAt(raw, "cache_creation_input_tokens");
  const brief = countAt(raw, "cache_creation", "ephemeral_5m_input_tokens");
  const long = countAt(raw, "cache_creation", "ephemeral_1h_input_tokens");
  const split = brief === null && long === null ? null : (brief ?? 0) + (long ?? 0);
  const placed = placeParts(
    {
      input: countAt(raw, "input_tokens"),
      output: countAt(raw, "output_tokens"),
      total: null,
      cache_read: countAt(raw, "cache_read_input_tokens"),
      cache_write: Math.max(write ?? 0, split ?? 0),
      reasoning: countAt(raw, "output_tokens_details", "thinking_tokens"),
    },
    ["cache_read", "cache_write"],
  );
  return placed && { ...placed, drift: write === null || split === null ? 0 : write - split };
}

function iterationsOf(raw: unknown): { type: unknown; counts: TokenCounts }[] {
  if (typeof raw !== "object" || raw === null || !("iterations" in raw)) return [];
  const list: unknown[] = Array.isArray(raw.iterations) ? raw.iterations : [];
  return list.flatMap((item) => {
    const reading = readSampling(item);
    if (!reading || typeof item !== "object" || item === null) return [];
    return [{ type: "type" in item ? item.type : null, counts: reading.counts }];
  });
}

function add(a: TokenCounts, b: TokenCounts): TokenCounts {
  return {
    input: a.input + b.input,
    cache_read: a.cache_read + b.cache_read,
    cache_write: a.cache_write + b.cache_write,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
  };
}
