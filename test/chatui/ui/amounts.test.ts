import { expect, test } from "vitest";
import { money, tokens } from "../../../chatui/src/ui/amounts.ts";

test.each([
  ["0", "$0.00"],
  ["5000000000", "$5.00"],
  ["1234567890000", "$1,234.57"],
  ["10000000", "$0.01"],
  ["12345", "$0.000012"],
  ["9990000", "$0.01"],
  ["1", "$0.000000001"],
  ["-5000000000", "−$5.00"],
])("%s nano-USD reads %s", (nano, shown) => {
  expect(money(nano)).toBe(shown);
});

test("tokens are grouped by thousands", () => {
  expect(tokens(1_234_567)).toBe("1,234,567");
});
