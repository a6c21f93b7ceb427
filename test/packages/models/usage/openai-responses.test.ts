import { expect, test } from "vitest";
import { readOpenAiResponses } from "#models/usage/openai-responses";
import { testGoldens } from "./goldens/golden.ts";
import { OPENAI_RESPONSES } from "./goldens/openai-responses.ts";

testGoldens(OPENAI_RESPONSES, readOpenAiResponses);

test.each<[string, unknown]>([
  ["usage of a response that failed", { usage: null }.usage],
  ["zeros", { input_tokens: 0, output_tokens: 0, total_tokens: 0 }],
  ["an input alone", { input_tokens: 36 }],
  ["texts", { input_tokens: "36", output_tokens: "87" }],
  ["negatives", { input_tokens: -1, output_tokens: -1, total_tokens: 2 }],
  ["infinity", { input_tokens: Number.POSITIVE_INFINITY, output_tokens: 1 }],
])("no usable totals: %s", (_, raw) => {
  expect(readOpenAiResponses(raw)).toBeNull();
});

test("details that are no object are no details", () => {
  const raw = { input_tokens: 5, input_tokens_details: "none", output_tokens: 6, output_tokens_details: [1] };
  expect(readOpenAiResponses(raw)?.counts).toMatchObject({ input: 5, output: 6 });
});
