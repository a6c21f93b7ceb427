import { expect, test } from "vitest";
import { readAnthropic } from "#models/usage/anthropic";
import { ANTHROPIC } from "./goldens/anthropic.ts";
import { testGoldens } from "./goldens/golden.ts";

testGoldens(ANTHROPIC, readAnthropic);

test.each<[string, unknown]>([
  ["the last event of a stream alone: its input came with the first", { output_tokens: 15 }],
  ["the first event alone, without output", { input_tokens: 25 }],
  ["zeros", { input_tokens: 0, output_tokens: 0, cache_read_input_tokens: 0 }],
  ["texts", { input_tokens: "25", output_tokens: "15" }],
  ["negatives", { input_tokens: -25, output_tokens: 15 }],
  ["an input that is null", { input_tokens: null, output_tokens: 15 }],
])("no usable totals: %s", (_, raw) => {
  expect(readAnthropic(raw)).toBeNull();
});

test.each([
  ["no list", 7],
  ["a list of anything", [null, "x", 3, {}, { type: "compaction", input_tokens: "9" }]],
])("iterations that are %s change nothing", (_, iterations) => {
  expect(readAnthropic({ input_tokens: 25, output_tokens: 15, iterations })).toEqual({
    counts: { input: 25, cache_read: 0, cache_write: 0, output: 15, reasoning: 0 },
    drift: 0,
  });
});

test("iterations that add up to more than the ledger takes are no usage", () => {
  const compaction = { type: "compaction", input_tokens: 90_000_000, output_tokens: 1 };
  const raw = { input_tokens: 25, output_tokens: 15, iterations: [compaction, compaction] };
  expect(readAnthropic(raw)).toBeNull();
});
