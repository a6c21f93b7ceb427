import { expect, test } from "vitest";
import { usageOf } from "#models/offline/count-tokens";
import { readSdkFields } from "#models/usage/sdk-fields";
import { testGoldens } from "./goldens/golden.ts";
import { SDK_FIELDS } from "./goldens/sdk-fields.ts";

testGoldens(SDK_FIELDS, readSdkFields);

test("the offline model's usage is read whole", () => {
  const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "Where is A-1001?" }] }];
  const { inputTokens, outputTokens } = usageOf({ prompt }, { text: "On its way.", call: null });
  expect(readSdkFields({ inputTokens, outputTokens })).toEqual({
    counts: {
      input: inputTokens.total,
      cache_read: 0,
      cache_write: 0,
      output: outputTokens.total,
      reasoning: 0,
    },
    drift: 0,
  });
});

test.each<[string, unknown]>([
  ["undefined figures", { inputTokens: { total: undefined }, outputTokens: { total: undefined } }],
  ["zeros where no usage came", { inputTokens: { total: 0 }, outputTokens: { total: 0 } }],
  ["an input alone", { inputTokens: { total: 7, noCache: 7 }, outputTokens: {} }],
  ["bare numbers, as version 2 of the interface had them", { inputTokens: 7, outputTokens: 3 }],
  ["nothing", undefined],
])("no usable totals: %s", (_, usage) => {
  expect(readSdkFields(usage)).toBeNull();
});
