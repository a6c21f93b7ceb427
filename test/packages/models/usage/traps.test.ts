import type { JSONObject, LanguageModelV4Usage } from "@ai-sdk/provider";
import { expect, test } from "vitest";
import { normaliseUsage } from "#models/usage/normalise";
import { sumCounts } from "#models/usage/sum-counts";

const NO_FIELDS: LanguageModelV4Usage = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
};

function countsOf(raw: JSONObject) {
  return normaliseUsage({ ...NO_FIELDS, raw })?.counts;
}

/** One call as each provider words it: 86 input, 1,920 read from the cache, 300 output of which 100 is reasoning. */
const ONE_CALL: [string, JSONObject][] = [
  [
    "OpenAI chat completions",
    {
      prompt_tokens: 2006,
      completion_tokens: 300,
      total_tokens: 2306,
      prompt_tokens_details: { cached_tokens: 1920 },
      completion_tokens_details: { reasoning_tokens: 100 },
    },
  ],
  [
    "OpenAI responses",
    {
      input_tokens: 2006,
      input_tokens_details: { cached_tokens: 1920 },
      output_tokens: 300,
      output_tokens_details: { reasoning_tokens: 100 },
      total_tokens: 2306,
    },
  ],
  [
    "DeepSeek",
    {
      prompt_tokens: 2006,
      prompt_cache_hit_tokens: 1920,
      prompt_cache_miss_tokens: 86,
      completion_tokens: 300,
      completion_tokens_details: { reasoning_tokens: 100 },
      total_tokens: 2306,
    },
  ],
  [
    "xAI",
    {
      prompt_tokens: 2006,
      completion_tokens: 200,
      total_tokens: 2306,
      prompt_tokens_details: { cached_tokens: 1920 },
      completion_tokens_details: { reasoning_tokens: 100 },
    },
  ],
  [
    "Anthropic",
    {
      input_tokens: 86,
      cache_read_input_tokens: 1920,
      cache_creation_input_tokens: 0,
      output_tokens: 300,
      output_tokens_details: { thinking_tokens: 100 },
    },
  ],
  [
    "Google",
    {
      promptTokenCount: 2006,
      cachedContentTokenCount: 1920,
      candidatesTokenCount: 200,
      thoughtsTokenCount: 100,
      totalTokenCount: 2306,
    },
  ],
];

test.each(ONE_CALL)("cached tokens charged twice: %s charges 1,920 as reads and 86 as input", (_, raw) => {
  expect(countsOf(raw)).toMatchObject({ input: 86, cache_read: 1920, cache_write: 0 });
});

test.each(ONE_CALL)("reasoning counted twice: %s charges 100 as reasoning and 200 as output", (_, raw) => {
  expect(countsOf(raw)).toMatchObject({ output: 200, reasoning: 100 });
  expect(sumCounts(countsOf(raw)!)).toBe(2306);
});

test.each<[string, JSONObject | undefined]>([
  ["nothing", undefined],
  ["an empty object", {}],
  ["zeros", { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }],
  ["nulls", { prompt_tokens: null, completion_tokens: null, total_tokens: null }],
  ["half of it", { output_tokens: 15 }],
])("final usage frame missing: %s is no usage, so that the call is charged by estimate", (_, raw) => {
  expect(normaliseUsage({ ...NO_FIELDS, ...(raw ? { raw } : {}) })).toBeNull();
});
