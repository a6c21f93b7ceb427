import type { TokenCounts } from "#ledger/types";
import type { Reading } from "./reading.ts";
import { sumCounts } from "./sum-counts.ts";

/** A part of a side: cache reads and writes of the input, reasoning of the output. */
type Part = "cache_read" | "cache_write" | "reasoning";

/** Figures as a provider names them; null where it names none. */
export type NamedCounts = Record<"input" | "output" | "total" | Part, number | null>;

type Sides = { input: number; output: number };
type Parts = Record<Part, number>;

/** Which parts stand elsewhere than the format says: none is likeliest, and one likelier than two. */
const DEVIATIONS: readonly (readonly Part[])[] = [
  [],
  ["reasoning"],
  ["cache_write"],
  ["cache_read"],
  ["reasoning", "cache_write"],
  ["reasoning", "cache_read"],
  ["cache_write", "cache_read"],
  ["reasoning", "cache_write", "cache_read"],
];

/**
 * Cuts named figures into exclusive pools. A format says of each part whether its side's figure holds it or
 * whether it stands beside (`usuallyBeside`), but providers who copy a format differ in just this: xAI counts
 * reasoning beside OpenAI's `completion_tokens`, some proxies count Anthropic's cache reads beside OpenAI's
 * `prompt_tokens`. So where the provider names a total, the placing that makes that total wins; without one, or if
 * none does, the format's own, as long as the parts fit into their sides.
 *
 * When nothing makes the total: what it has over the parts is billed as reasoning, since that is what providers
 * hide (Gemini behind OpenAI's format names thoughts in its total only); a total below its parts is ignored, for
 * each part was named as used. The difference is the reading's drift.
 *
 * A side that is not named is what remains of the total; without a total there is nothing to bill by: null.
 */
export function placeParts(named: NamedCounts, usuallyBeside: readonly Part[] = []): Reading | null {
  const parts = {
    cache_read: named.cache_read ?? 0,
    cache_write: named.cache_write ?? 0,
    reasoning: named.reasoning ?? 0,
  };
  const sides = completeSides(named, parts, usuallyBeside);
  if (!sides) return null;
  const placings = DEVIATIONS.map((deviants) =>
    place(sides, parts, (part) => {
      return usuallyBeside.includes(part) !== deviants.includes(part);
    }),
  ).filter((counts) => counts !== null);
  const { total } = named;
  const counts = placings.find((placed) => sumCounts(placed) === total) ?? placings[0];
  if (!counts) return null;
  const drift = total === null ? 0 : total - sumCounts(counts);
  return { counts: { ...counts, reasoning: counts.reasoning + Math.max(0, drift) }, drift };
}

function completeSides(named: NamedCounts, parts: Parts, usuallyBeside: readonly Part[]): Sides | null {
  const { input, output, total } = named;
  if (input !== null && output !== null) return { input, output };
  if (total === null || (input === null && output === null)) return null;
  const beside = usuallyBeside.reduce((sum, part) => sum + parts[part], 0);
  const rest = Math.max(0, total - (input ?? 0) - (output ?? 0) - beside);
  return { input: input ?? rest, output: output ?? rest };
}

/** Null when a side is smaller than what it would have to hold. */
function place(sides: Sides, parts: Parts, isBeside: (part: Part) => boolean): TokenCounts | null {
  const held = (part: Part) => (isBeside(part) ? 0 : parts[part]);
  const input = sides.input - held("cache_read") - held("cache_write");
  const output = sides.output - held("reasoning");
  return input >= 0 && output >= 0 ? { input, output, ...parts } : null;
}
