import { expect, test } from "vitest";
import { rawText } from "#models/usage/raw-text";

test("raw usage is kept as compact JSON, in the provider's order", () => {
  expect(rawText({ total_tokens: 3, details: { b: null, a: [1] } })).toBe(
    '{"total_tokens":3,"details":{"b":null,"a":[1]}}',
  );
});

test("2,048 bytes are kept, one more is not; bytes, not characters", () => {
  const around = '{"x":""}'.length;
  expect(rawText({ x: "a".repeat(2_048 - around) })).toHaveLength(2_048);
  expect(rawText({ x: "a".repeat(2_049 - around) })).toBeNull();
  expect(rawText({ x: "é".repeat(1_020) })).not.toBeNull();
  expect(rawText({ x: "é".repeat(1_021) })).toBeNull();
});

test("what is no JSON object is not kept, and does not throw", () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  for (const raw of [undefined, null, "text", 7, cycle, { big: 1n }, { toJSON: () => undefined }]) {
    expect(rawText(raw)).toBeNull();
  }
});
