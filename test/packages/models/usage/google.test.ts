import { expect, test } from "vitest";
import { readGoogle } from "#models/usage/google";
import { testGoldens } from "./goldens/golden.ts";
import { GOOGLE } from "./goldens/google.ts";

testGoldens(GOOGLE, readGoogle);

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["only how it was routed", { trafficType: "ON_DEMAND" }],
  ["a total alone", { totalTokenCount: 84 }],
  ["zeros", { promptTokenCount: 0, candidatesTokenCount: 0, totalTokenCount: 0 }],
  ["texts", { promptTokenCount: "11", candidatesTokenCount: "73" }],
  ["candidates alone", { candidatesTokenCount: 73 }],
])("no usable totals: %s", (_, raw) => {
  expect(readGoogle(raw)).toBeNull();
});

test("a prompt that is no count is what remains of the total", () => {
  const raw = { promptTokenCount: -1, candidatesTokenCount: 73, thoughtsTokenCount: 10, totalTokenCount: 94 };
  expect(readGoogle(raw)).toEqual({
    counts: { input: 11, cache_read: 0, cache_write: 0, output: 73, reasoning: 10 },
    drift: 0,
  });
});
