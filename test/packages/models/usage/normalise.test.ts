import type { JSONObject, LanguageModelV4Usage } from "@ai-sdk/provider";
import { expect, test } from "vitest";
import { normaliseUsage } from "#models/usage/normalise";
import { countsOf } from "./goldens/golden.ts";
import { GOOGLE } from "./goldens/google.ts";
import { OPENAI_CHAT } from "./goldens/openai-chat.ts";
import { SDK_FIELDS } from "./goldens/sdk-fields.ts";

/** As an adapter reports it, with or without what the provider sent. */
function usage(
  input: number | undefined,
  output: number | undefined,
  raw?: JSONObject,
): LanguageModelV4Usage {
  return {
    inputTokens: { total: input, noCache: input, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: output, text: output, reasoning: undefined },
    ...(raw ? { raw } : {}),
  };
}

test("raw usage of a known shape is trusted over the adapter's fields, and the difference told", () => {
  const raw = { promptTokenCount: 500, candidatesTokenCount: 120, toolUsePromptTokenCount: 300 };
  expect(normaliseUsage(usage(500, 120, raw))).toEqual({
    counts: { input: 800, cache_read: 0, cache_write: 0, output: 120, reasoning: 0 },
    raw: JSON.stringify(raw),
    shape: "google",
    drift: 0,
    sdk_drift: -300,
  });
});

test("an adapter that counted the cache twice does not charge it twice", () => {
  const raw = {
    input_tokens: 1,
    cache_read_input_tokens: 139417,
    cache_creation_input_tokens: 81,
    output_tokens: 60,
  };
  const doubled = normaliseUsage(usage(278_997, 60, raw));
  expect(doubled?.counts).toEqual({
    input: 1,
    cache_read: 139417,
    cache_write: 81,
    output: 60,
    reasoning: 0,
  });
  expect(doubled?.sdk_drift).toBe(278_997 - 139_499);
});

test.each<[string, JSONObject | undefined]>([
  ["missing", undefined],
  ["of no known shape", { total: 10 }],
  ["a fragment: the last event of Anthropic's stream without the first", { output_tokens: 3 }],
  ["zeros", { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }],
])("the adapter's fields decide when the raw usage is %s", (_, raw) => {
  expect(normaliseUsage(usage(7, 3, raw))).toEqual({
    counts: { input: 7, cache_read: 0, cache_write: 0, output: 3, reasoning: 0 },
    raw: raw ? JSON.stringify(raw) : null,
    shape: "sdk_fields",
    drift: 0,
    sdk_drift: 0,
  });
});

test("an adapter without any figure is no matter when the raw usage has them", () => {
  for (const golden of [...OPENAI_CHAT, ...GOOGLE]) {
    const read = normaliseUsage(usage(undefined, undefined, golden.raw as JSONObject));
    expect(read).toMatchObject({ counts: countsOf(golden), drift: golden.drift ?? 0, sdk_drift: 0 });
  }
});

test("without raw usage the fields are read as they are", () => {
  for (const golden of SDK_FIELDS) {
    expect(normaliseUsage(golden.raw as LanguageModelV4Usage)).toMatchObject({
      counts: countsOf(golden),
      raw: null,
    });
  }
});
