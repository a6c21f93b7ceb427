import fc from "fast-check";
import { expect, test } from "vitest";
import { readDollars, typedDollars } from "../../../chatui/src/ui/dollars.ts";

test.each([
  ["5", "5000000000"],
  ["0.05", "50000000"],
  ["$1.50", "1500000000"],
  ["$ 2", "2000000000"],
  ["  .5 ", "500000000"],
  ["3.", "3000000000"],
  ["007", "7000000000"],
  ["0.000000001", "1"],
  ["0.1000000000000", "100000000"],
  ["0", "0"],
  ["10000000", "10000000000000000"],
  ["0.3", "300000000"],
  ["1234567.123456789", "1234567123456789"],
])("%s is read to the last digit", (typed, nano) => {
  expect(readDollars(typed)).toEqual({ ok: true, nano });
});

test.each(["", "   "])("nothing is no limit: '%s'", (typed) => {
  expect(readDollars(typed)).toEqual({ ok: true, nano: null });
});

test.each([
  ["-1", /below zero/],
  ["−0.5", /below zero/],
  ["1,000", /comma/],
  ["0,05", /comma/],
  ["ten", /in dollars/],
  ["1e3", /in dollars/],
  ["1.2.3", /in dollars/],
  ["5 USD", /in dollars/],
  ["١", /in dollars/],
  [".", /in dollars/],
  ["$", /after the \$/],
  ["0.0000000001", /9 decimals/],
  ["10000000.000000001", /\$10,000,000/],
  ["9".repeat(40), /\$10,000,000/],
])("%s is refused with what is wrong", (typed, problem) => {
  const read = readDollars(typed);
  expect(read.ok ? read.nano : read.problem).toMatch(problem);
});

test("what is shown of a limit reads back as the same limit", () => {
  expect(typedDollars(null)).toBe("");
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10_000_000_000_000_000n }), (nano) => {
      expect(readDollars(typedDollars(nano.toString()))).toEqual({ ok: true, nano: nano.toString() });
    }),
  );
});
