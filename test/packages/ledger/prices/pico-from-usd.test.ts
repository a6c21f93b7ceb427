import fc from "fast-check";
import { expect, test } from "vitest";
import { picoFromUsd, usdPerMillion } from "#ledger/prices/pico-from-usd";

test.each([
  [1.25, 1_250_000n],
  ["1.25", 1_250_000n],
  [0.1, 100_000n],
  // 0.003625 × 10⁶ is 3624.9999999999995 in floats.
  [0.003625, 3_625n],
  [8.2, 8_200_000n],
  [1e-7, 1n],
  ["0.0000001", 1n],
  [0.1 + 0.2, 300_001n],
  ["0.1000000", 100_000n],
  ["0", 0n],
  [1e6, 10n ** 12n],
])("%j USD a million is %s pico a token: read as text, rounded up", (usd, pico) => {
  expect(picoFromUsd(usd)).toBe(pico);
});

test.each([
  -1,
  "-1",
  -1e-9,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  "",
  " ",
  "1,5",
  "$1",
  "1.",
  ".5",
  "0x10",
  "1_000",
  "one",
  1e6 + 1,
  1e21,
  "1e99",
])("%j is no price", (usd) => {
  expect(() => picoFromUsd(usd)).toThrow(RangeError);
});

test("what is shown is what it was read from", () => {
  fc.assert(fc.property(fc.bigInt(0n, 10n ** 12n), (pico) => picoFromUsd(usdPerMillion(pico)) === pico));
  expect(usdPerMillion(1_250_000n)).toBe("1.25");
  expect(usdPerMillion(0n)).toBe("0");
  expect(usdPerMillion(1n)).toBe("0.000001");
});
