import { expect, test } from "vitest";
import { affordableOutput, costNano, worstCaseNano } from "#ledger/cost";
import { OFFLINE_PRICE } from "#ledger/price-book";
import { counts, ODD_PRICE } from "./ledger-under-test.ts";

test.each([
  // exact rational in nano → charged
  ["nothing", counts(), 0n],
  ["1 × 1.001 = 1.001", counts({ input: 1 }), 2n],
  ["1 × 0.001 = 0.001", counts({ cache_read: 1 }), 1n],
  ["1000 × 1.001 = 1001", counts({ input: 1_000 }), 1_001n],
  ["999 × 0.001 + 1 × 0.001 = 1", counts({ cache_read: 1_000 }), 1n],
  ["1.252 + 4.999 = 6.251", counts({ cache_write: 1, output: 1 }), 7n],
  ["3 × 1.001 + 2 × 7 = 17.003", counts({ input: 3, reasoning: 2 }), 18n],
  [
    "all classes: 1.001 + 0.001 + 1.252 + 4.999 + 7 = 14.253",
    counts({ input: 1, cache_read: 1, cache_write: 1, output: 1, reasoning: 1 }),
    15n,
  ],
])("a row is rounded up once, to a whole nano: %s", (_, tokens, nano) => {
  expect(costNano(tokens, ODD_PRICE.pico)).toBe(nano);
});

test("the offline model's price: 1,000 in, 200 of them cached before, 50 out", () => {
  expect(costNano(counts({ input: 800, cache_read: 200, output: 50 }), OFFLINE_PRICE.pico)).toBe(105_000n);
});

test("a cost above 2^53 keeps its last digit", () => {
  const pico = { ...OFFLINE_PRICE.pico, input: 999_999_999_999n };
  expect(costNano(counts({ input: 100_000_000 }), pico)).toBe(99_999_999_999_900_000n);
});

test("the worst case takes the dearest class of each side", () => {
  expect(worstCaseNano(1_000, 10, ODD_PRICE.pico)).toBe(1_252n + 70n);
});

test("the affordable output is the most whose worst case fits, to the token", () => {
  for (const available of [1_252n, 1_258n, 1_259n, 5_000n]) {
    const tokens = affordableOutput(available, 1_000, ODD_PRICE.pico);
    expect(worstCaseNano(1_000, tokens, ODD_PRICE.pico)).toBeLessThanOrEqual(available);
    expect(worstCaseNano(1_000, tokens + 1, ODD_PRICE.pico)).toBeGreaterThan(available);
  }
  expect(affordableOutput(1_251n, 1_000, ODD_PRICE.pico)).toBe(-1);
});
