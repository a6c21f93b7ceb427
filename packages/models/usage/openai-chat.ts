import { countAt } from "./count-at.ts";
import { placeParts } from "./place-parts.ts";
import { type Reading, usable } from "./reading.ts";

/**
 * `usage` of OpenAI's chat completions, and of all who speak it: Workers AI (whose plain three fields are the same
 * shape), DeepSeek, xAI, OpenRouter, vLLM, gateways.
 *
 * `prompt_tokens` holds `prompt_tokens_details.cached_tokens` and, from GPT-5.6 on, `.cache_write_tokens`;
 * `completion_tokens` holds `completion_tokens_details.reasoning_tokens`; `total_tokens` is their sum. DeepSeek names
 * cache reads `prompt_cache_hit_tokens` (its `…_miss_tokens` is plain input: it has no cache writes), Moonshot
 * `cached_tokens`; gateways to Anthropic add `cache_creation_input_tokens`. Of two names for one part the standard
 * one counts. xAI counts reasoning beside `completion_tokens`, told apart by the total.
 *
 * Sources: developers.openai.com/api/docs/guides/prompt-caching and /api/reference (CompletionUsage);
 * developers.cloudflare.com/workers-ai/features/prompt-caching; api-docs.deepseek.com/api/create-chat-completion;
 * docs.x.ai "Consumption and rate limits"; names of other providers: the extractors of `@pydantic/genai-prices`.
 */
export function readOpenAiChat(raw: unknown): Reading | null {
  return usable(
    placeParts({
      input: countAt(raw, "prompt_tokens"),
      output: countAt(raw, "completion_tokens"),
      total: countAt(raw, "total_tokens"),
      cache_read:
        countAt(raw, "prompt_tokens_details", "cached_tokens") ??
        countAt(raw, "prompt_cache_hit_tokens") ??
        countAt(raw, "cached_tokens") ??
        countAt(raw, "cache_read_input_tokens"),
      cache_write:
        countAt(raw, "prompt_tokens_details", "cache_write_tokens") ??
        countAt(raw, "cache_creation_input_tokens"),
      reasoning:
        countAt(raw, "completion_tokens_details", "reasoning_tokens") ?? countAt(raw, "reasoning_tokens"),
    }),
  );
}
