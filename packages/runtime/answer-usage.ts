import type { Attempt, TokenCounts } from "#ledger/types";
import { type NormalisedUsage, normaliseUsage } from "#models/usage/normalise";
import { usualTokens } from "./estimate-tokens.ts";
import type { Heard } from "./hear.ts";

type Asked = { model: string; input_tokens: number; max_output: number };

/**
 * What one attempt is charged for, or null for nothing. A provider is believed where it says. Where it says nothing,
 * what was heard of it is estimated; one that failed before it said anything has no more to be paid for than one that
 * refused. `byPerson`: it did not fail but was stopped, so what it was asked is paid (T35).
 */
export function usedBy(heard: Heard, attempt: number, asked: Asked, byPerson: boolean): Attempt | null {
  const estimate = estimateOf(heard, asked);
  const told = heard.usage && normaliseUsage(heard.usage);
  const { model } = asked;
  if (told && heard.failed?.reason !== "cut_off") {
    const { counts, raw } = told;
    return { attempt, model, counts, source: "provider", ...(raw === null ? {} : { raw }) };
  }
  if (told) {
    // It told of its input at the beginning, and of what it wrote by then.
    const output = Math.max(told.counts.output, estimate.output);
    return { attempt, model, counts: { ...told.counts, output }, source: "estimated" };
  }
  const counts = estimate;
  const isFree = heard.failed !== null && heard.text + heard.unseen === "" && !byPerson;
  return isFree ? null : { attempt, model, counts, source: "estimated" };
}

/** What was heard so far, in tokens; never more than was asked for, which is what was set aside. */
export function estimateOf(heard: Heard, { input_tokens, max_output }: Omit<Asked, "model">): TokenCounts {
  const output = Math.min(max_output, usualTokens(heard.text + heard.unseen));
  return { input: input_tokens, cache_read: 0, cache_write: 0, output, reasoning: 0 };
}

/** A provider is billed by what it says; that it says something odd is for the log (T35). */
export function doubtOf(heard: Heard, asked: Omit<Asked, "model">): string | null {
  const told: NormalisedUsage | null = heard.usage && normaliseUsage(heard.usage);
  if (!told) return null;
  const { counts, drift, shape } = told;
  if (drift !== 0) return `${shape}: its total is ${drift} above its parts`;
  const estimate = estimateOf(heard, asked);
  const output = counts.output + counts.reasoning;
  const isLow = estimate.output > 100 && output * 4 < estimate.output;
  return isLow ? `${shape}: ${output} tokens of output told, about ${estimate.output} heard` : null;
}
