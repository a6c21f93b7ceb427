import { countAt } from "./count-at.ts";
import { placeParts } from "./place-parts.ts";
import { type Reading, usable } from "./reading.ts";

/**
 * `usage` of OpenAI's Responses API, in streams part of `response.completed` and `response.incomplete`.
 *
 * `input_tokens` holds `input_tokens_details.cached_tokens` and, from GPT-5.6 on, `.cache_write_tokens`;
 * `output_tokens` holds `output_tokens_details.reasoning_tokens`; `total_tokens` is their sum.
 *
 * Source: developers.openai.com/api/docs/guides/prompt-caching and /api/reference (ResponseUsage).
 */
export function readOpenAiResponses(raw: unknown): Reading | null {
  return usable(
    placeParts({
      input: countAt(raw, "input_tokens"),
      output: countAt(raw, "output_tokens"),
      total: countAt(raw, "total_tokens"),
      cache_read: countAt(raw, "input_tokens_details", "cached_tokens"),
      cache_write: countAt(raw, "input_tokens_details", "cache_write_tokens"),
      reasoning: countAt(raw, "output_tokens_details", "reasoning_tokens"),
    }),
  );
}
