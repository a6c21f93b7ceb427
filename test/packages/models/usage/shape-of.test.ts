import { expect, test } from "vitest";
import { type Shape, shapeOf } from "#models/usage/shape-of";
import { ANTHROPIC } from "./goldens/anthropic.ts";
import { GOOGLE } from "./goldens/google.ts";
import { OPENAI_CHAT } from "./goldens/openai-chat.ts";
import { OPENAI_RESPONSES } from "./goldens/openai-responses.ts";
import { WORKERS_AI } from "./goldens/workers-ai.ts";

test.each([
  ["openai_chat", OPENAI_CHAT],
  ["openai_chat", WORKERS_AI],
  ["openai_responses", OPENAI_RESPONSES],
  ["anthropic", ANTHROPIC],
  ["google", GOOGLE],
] as const)("every golden of %s is told by its fields", (shape, goldens) => {
  expect(goldens.filter(({ raw }) => shapeOf(raw) !== shape).map(({ name }) => name)).toEqual([]);
});

test.each<[string, unknown, Shape | null]>([
  ["both of OpenAI's, of a gateway", { prompt_tokens: 1, input_tokens: 0, total_tokens: 1 }, "openai_chat"],
  [
    "Anthropic with a total of a gateway",
    { input_tokens: 1, output_tokens: 1, total_tokens: 2, cache_read_input_tokens: 9 },
    "anthropic",
  ],
  ["input and output alone", { input_tokens: 1, output_tokens: 1 }, "anthropic"],
  ["Bedrock, which has no reader", { inputTokens: 1, outputTokens: 1, totalTokens: 2 }, null],
  ["a total alone", { total_tokens: 2 }, null],
  ["inherited fields", Object.create({ prompt_tokens: 1 }), null],
  ["nothing", null, null],
  ["a text", "prompt_tokens", null],
])("%s", (_, raw, shape) => {
  expect(shapeOf(raw)).toBe(shape);
});
