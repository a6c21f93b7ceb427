import { expect, test } from "vitest";
import { countAt } from "#models/usage/count-at";

test.each<[string, unknown, number | null]>([
  ["a whole number", 7, 7],
  ["zero", 0, 0],
  ["minus zero is zero", -0, 0],
  ["a fraction is rounded up", 1.2, 2],
  ["the most the ledger takes", 100_000_000, 100_000_000],
  ["more than that", 100_000_001, null],
  ["a negative", -1, null],
  ["NaN", Number.NaN, null],
  ["infinity", Number.POSITIVE_INFINITY, null],
  ["a text", "7", null],
  ["a bigint", 7n, null],
  ["null", null, null],
  ["a list", [7], null],
])("%s", (_, value, count) => {
  expect(countAt({ a: { b: value } }, "a", "b")).toBe(count);
});

test("only a provider's own fields count, and a path may end early", () => {
  expect(countAt(Object.create({ a: 7 }), "a")).toBeNull();
  expect(countAt({ a: 7 }, "a", "toFixed", "length")).toBeNull();
  for (const raw of [undefined, null, 7, "text"]) expect(countAt(raw, "length")).toBeNull();
});
