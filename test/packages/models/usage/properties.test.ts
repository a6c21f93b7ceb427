import type { LanguageModelV4Usage } from "@ai-sdk/provider";
import fc from "fast-check";
import { expect, test } from "vitest";
import { areTokenCounts } from "#ledger/counts";
import { readAnthropic } from "#models/usage/anthropic";
import { readGoogle } from "#models/usage/google";
import { normaliseUsage } from "#models/usage/normalise";
import { readOpenAiChat } from "#models/usage/openai-chat";
import { readOpenAiResponses } from "#models/usage/openai-responses";
import { readSdkFields } from "#models/usage/sdk-fields";
import { sumCounts } from "#models/usage/sum-counts";

const READERS = { readAnthropic, readGoogle, readOpenAiChat, readOpenAiResponses, readSdkFields };

const FIELDS = [
  ...["prompt_tokens", "completion_tokens", "total_tokens", "prompt_tokens_details", "cached_tokens"],
  ...["cache_write_tokens", "completion_tokens_details", "reasoning_tokens", "prompt_cache_hit_tokens"],
  ...["input_tokens", "output_tokens", "input_tokens_details", "output_tokens_details", "thinking_tokens"],
  ...["cache_read_input_tokens", "cache_creation_input_tokens", "cache_creation", "iterations", "type"],
  ...["ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens", "promptTokenCount", "totalTokenCount"],
  ...["candidatesTokenCount", "cachedContentTokenCount", "thoughtsTokenCount", "toolUsePromptTokenCount"],
  ...["inputTokens", "outputTokens", "total", "noCache", "cacheRead", "cacheWrite", "text", "reasoning"],
];

/** The right names with anything in them, nested in each other. */
const hostile = fc.letrec((again) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.nat(200_000),
    fc.double(),
    fc.constantFrom(null, undefined, -0, -1, 1e300, Number.NaN, "12", "compaction", true, 7n),
    fc.anything(),
    fc.array(again("value"), { maxLength: 3 }),
    again("object"),
  ),
  object: fc.dictionary(fc.constantFrom(...FIELDS), again("value"), { maxKeys: 12 }),
})).object;

test.each(Object.entries(READERS))(
  "%s takes anything: whole counts that the ledger takes, or null",
  (_, read) => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.anything()), (raw) => {
        const reading = read(raw);
        if (reading === null) return;
        expect(areTokenCounts(reading.counts)).toBe(true);
        expect(Object.values(reading.counts).some((count) => Object.is(count, -0))).toBe(false);
        expect(sumCounts(reading.counts)).toBeGreaterThan(0);
        expect(Number.isInteger(reading.drift)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  },
);

test("the one function takes anything, and what it keeps is JSON", () => {
  fc.assert(
    fc.property(hostile, fc.oneof(hostile, fc.anything()), (fields, raw) => {
      const read = normaliseUsage({ ...(fields as object), raw } as LanguageModelV4Usage);
      if (read === null) return;
      expect(areTokenCounts(read.counts)).toBe(true);
      if (read.raw !== null) expect(() => JSON.parse(read.raw!)).not.toThrow();
    }),
    { numRuns: 1_000 },
  );
});

const part = fc.nat(1_000_000);
/** Exclusive pools, at least one token. */
const pools = fc.record({
  input: part.map((count) => count + 1),
  cache_read: part,
  cache_write: part,
  output: part,
  reasoning: part,
});

test("a consistent usage comes back pool by pool, and sums to the provider's total", () => {
  fc.assert(
    fc.property(pools, (counts) => {
      const { input, cache_read, cache_write, output, reasoning } = counts;
      const total = sumCounts(counts);
      const sides = { input: input + cache_read + cache_write, output: output + reasoning };
      const chat = {
        prompt_tokens: sides.input,
        prompt_tokens_details: { cached_tokens: cache_read, cache_write_tokens: cache_write },
        completion_tokens: sides.output,
        completion_tokens_details: { reasoning_tokens: reasoning },
        total_tokens: total,
      };
      const responses = {
        input_tokens: sides.input,
        input_tokens_details: { cached_tokens: cache_read, cache_write_tokens: cache_write },
        output_tokens: sides.output,
        output_tokens_details: { reasoning_tokens: reasoning },
        total_tokens: total,
      };
      const anthropic = {
        input_tokens: input,
        cache_read_input_tokens: cache_read,
        cache_creation_input_tokens: cache_write,
        output_tokens: sides.output,
        output_tokens_details: { thinking_tokens: reasoning },
      };
      const fields = {
        inputTokens: { total: sides.input, cacheRead: cache_read, cacheWrite: cache_write },
        outputTokens: { total: sides.output, reasoning },
      };
      for (const reading of [
        readOpenAiChat(chat),
        readOpenAiResponses(responses),
        readAnthropic(anthropic),
        readSdkFields(fields),
      ]) {
        expect(reading).toEqual({ counts, drift: 0 });
      }
    }),
  );
});

test("a consistent usage of Google comes back pool by pool, and sums to its total", () => {
  fc.assert(
    fc.property(pools, part, ({ input, cache_read, output, reasoning }, tool) => {
      const total = input + cache_read + tool + output + reasoning;
      const raw = {
        promptTokenCount: input + cache_read,
        cachedContentTokenCount: cache_read,
        toolUsePromptTokenCount: tool,
        candidatesTokenCount: output,
        thoughtsTokenCount: reasoning,
        totalTokenCount: total,
      };
      const counts = { input: input + tool, cache_read, cache_write: 0, output, reasoning };
      expect(readGoogle(raw)).toEqual({ counts, drift: 0 });
    }),
  );
});

test("xAI's usage, with reasoning beside, sums to its total too", () => {
  fc.assert(
    fc.property(pools, ({ input, cache_read, output, reasoning }) => {
      const total = input + cache_read + output + reasoning;
      const raw = {
        prompt_tokens: input + cache_read,
        prompt_tokens_details: { cached_tokens: cache_read },
        completion_tokens: output,
        completion_tokens_details: { reasoning_tokens: reasoning },
        total_tokens: total,
      };
      expect(readOpenAiChat(raw)).toEqual({
        counts: { input, cache_read, cache_write: 0, output, reasoning },
        drift: 0,
      });
    }),
  );
});

test("whatever the total, nothing that a provider names is left unbilled", () => {
  fc.assert(
    fc.property(
      part,
      part,
      part,
      part,
      part,
      part,
      (prompt, completion, cached, written, reasoning, total) => {
        const reading = readOpenAiChat({
          prompt_tokens: prompt + 1,
          prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
          completion_tokens: completion,
          completion_tokens_details: { reasoning_tokens: reasoning },
          total_tokens: total,
        })!;
        const { counts, drift } = reading;
        expect(counts.cache_read).toBe(cached);
        expect(counts.cache_write).toBe(written);
        expect(counts.reasoning).toBeGreaterThanOrEqual(reasoning);
        expect(sumCounts(counts)).toBeGreaterThanOrEqual(Math.max(total, prompt + 1 + completion));
        // Above the total only by what its parts make.
        expect(sumCounts(counts)).toBe(total - Math.min(0, drift));
      },
    ),
  );
});
