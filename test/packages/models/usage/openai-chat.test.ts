import { expect, test } from "vitest";
import { readOpenAiChat } from "#models/usage/openai-chat";
import { testGoldens } from "./goldens/golden.ts";
import { OPENAI_CHAT } from "./goldens/openai-chat.ts";

testGoldens(OPENAI_CHAT, readOpenAiChat);

test.each<[string, unknown]>([
  ["nothing", null],
  ["usage of the chunks before the last", { usage: null }.usage],
  ["zeros where no usage came", { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }],
  ["a total alone", { total_tokens: 99 }],
  ["a prompt alone", { prompt_tokens: 99 }],
  ["texts", { prompt_tokens: "19", completion_tokens: "10", total_tokens: "29" }],
  ["negatives", { prompt_tokens: -19, completion_tokens: -10, total_tokens: -29 }],
  ["NaN", { prompt_tokens: Number.NaN, completion_tokens: Number.NaN }],
  ["more than any model takes", { prompt_tokens: 1e300, completion_tokens: 1 }],
  ["a list", [19, 10, 29]],
])("no usable totals: %s", (_, raw) => {
  expect(readOpenAiChat(raw)).toBeNull();
});

test("a fraction is rounded up, minus zero is zero, and a part that is no count is plain", () => {
  const raw = JSON.parse(`{"prompt_tokens": 10.2, "completion_tokens": 4, "total_tokens": 15,
    "prompt_tokens_details": {"cached_tokens": "9", "cache_write_tokens": -9},
    "completion_tokens_details": {"reasoning_tokens": -0}}`);
  expect(readOpenAiChat(raw)).toEqual({
    counts: { input: 11, cache_read: 0, cache_write: 0, output: 4, reasoning: 0 },
    drift: 0,
  });
});

test("a total below its parts takes nothing away", () => {
  expect(readOpenAiChat({ prompt_tokens: 20, completion_tokens: 10, total_tokens: 1 })).toEqual({
    counts: { input: 20, cache_read: 0, cache_write: 0, output: 10, reasoning: 0 },
    drift: -29,
  });
});
