import { expect, test } from "vitest";
import { normaliseUsage } from "#models/usage/normalise";
import { readOpenAiChat } from "#models/usage/openai-chat";
import { testGoldens } from "./goldens/golden.ts";
import { WORKERS_AI } from "./goldens/workers-ai.ts";

// Workers AI reports in the shape of chat completions, so it has no reader of its own.
testGoldens(WORKERS_AI, readOpenAiChat);

test("an adapter's zeros for a usage that never came are no usage", () => {
  const nothing = { noCache: undefined, cacheRead: undefined, cacheWrite: undefined };
  const usage = {
    inputTokens: { total: 0, ...nothing },
    outputTokens: { total: 0, text: undefined, reasoning: undefined },
  };
  expect(normaliseUsage({ ...usage, raw: { total: 0 } })).toBeNull();
  expect(normaliseUsage({ ...usage, raw: { prompt_tokens: 0, completion_tokens: 0 } })).toBeNull();
});
