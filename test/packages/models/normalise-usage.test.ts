import type { LanguageModelV4Usage } from "@ai-sdk/provider";
import fc from "fast-check";
import { expect, test } from "vitest";
import { tokenCounts } from "#models/normalise-usage";

const none = undefined;

test.each<[string, LanguageModelV4Usage, ReturnType<typeof tokenCounts>]>([
  [
    "totals that hold their cached and reasoning parts are cut into exclusive pools",
    {
      inputTokens: { total: 100, noCache: 60, cacheRead: 30, cacheWrite: 10 },
      outputTokens: { total: 50, text: 20, reasoning: 30 },
    },
    { input: 60, cache_read: 30, cache_write: 10, output: 20, reasoning: 30 },
  ],
  [
    "bare totals are plain input and output",
    {
      inputTokens: { total: 7, noCache: none, cacheRead: none, cacheWrite: none },
      outputTokens: { total: 3, text: none, reasoning: none },
    },
    { input: 7, cache_read: 0, cache_write: 0, output: 3, reasoning: 0 },
  ],
  [
    "parts without totals count too",
    {
      inputTokens: { total: none, noCache: 5, cacheRead: 2, cacheWrite: none },
      outputTokens: { total: none, text: 4, reasoning: none },
    },
    { input: 5, cache_read: 2, cache_write: 0, output: 4, reasoning: 0 },
  ],
  [
    "a provider that counts cache reads beside its total is billed for both",
    {
      inputTokens: { total: 10, noCache: 10, cacheRead: 90, cacheWrite: 0 },
      outputTokens: { total: 5, text: 5, reasoning: 0 },
    },
    { input: 10, cache_read: 90, cache_write: 0, output: 5, reasoning: 0 },
  ],
  [
    "a usage without any count is no usage",
    {
      inputTokens: { total: none, noCache: none, cacheRead: none, cacheWrite: none },
      outputTokens: { total: none, text: none, reasoning: none },
    },
    null,
  ],
])("%s", (_, usage, counts) => {
  expect(tokenCounts(usage)).toEqual(counts);
});

test("pools sum to the provider's totals whenever its parts fit them, and are never negative", () => {
  const part = fc.nat(1_000_000);
  fc.assert(
    fc.property(part, part, part, part, part, (noCache, cacheRead, cacheWrite, text, reasoning) => {
      const inputTotal = noCache + cacheRead + cacheWrite;
      const counts = tokenCounts({
        inputTokens: { total: inputTotal, noCache: undefined, cacheRead, cacheWrite },
        outputTokens: { total: text + reasoning, text: undefined, reasoning },
      })!;
      expect(counts.input + counts.cache_read + counts.cache_write).toBe(inputTotal);
      expect(counts.output + counts.reasoning).toBe(text + reasoning);
      expect(Object.values(counts).every((count) => count >= 0 && Number.isInteger(count))).toBe(true);
    }),
  );
});
