import { countAt } from "./count-at.ts";
import { placeParts } from "./place-parts.ts";
import { type Reading, usable } from "./reading.ts";
import { sumCounts } from "./sum-counts.ts";

/**
 * The AI SDK's own usage fields (`LanguageModelV4Usage` of `@ai-sdk/provider`): all there is of a model that sends no
 * raw usage, such as the offline one.
 *
 * `inputTokens.total` holds `noCache`, `cacheRead` and `cacheWrite`; `outputTokens.total` holds `text` and `reasoning`.
 * Adapters differ in what they break down: a missing part is what remains of its total, and parts that exceed their
 * total raise it, so that nothing used is left unbilled. The difference is the reading's drift.
 */
export function readSdkFields(usage: unknown): Reading | null {
  const noCache = countAt(usage, "inputTokens", "noCache");
  const cacheRead = countAt(usage, "inputTokens", "cacheRead") ?? 0;
  const cacheWrite = countAt(usage, "inputTokens", "cacheWrite") ?? 0;
  const text = countAt(usage, "outputTokens", "text");
  const reasoning = countAt(usage, "outputTokens", "reasoning") ?? 0;
  const input = countAt(usage, "inputTokens", "total") ?? plus(noCache, cacheRead + cacheWrite);
  const output = countAt(usage, "outputTokens", "total") ?? plus(text, reasoning);
  const parts = { cache_read: cacheRead, cache_write: cacheWrite, reasoning };
  const placed = placeParts({ input, output, total: null, ...parts });
  if (!placed || input === null || output === null) return null;
  const counts = {
    ...placed.counts,
    input: Math.max(placed.counts.input, noCache ?? 0),
    output: Math.max(placed.counts.output, text ?? 0),
  };
  return usable({ counts, drift: input + output - sumCounts(counts) });
}

function plus(count: number | null, more: number): number | null {
  return count === null ? null : count + more;
}
