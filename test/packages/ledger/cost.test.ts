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

/** Ten times dearer above 1,000 tokens of input, then input cheaper and output dearer above 2,000. */
const tenfold = {
  input: 10_010n,
  cache_read: 10n,
  cache_write: 12_520n,
  output: 49_990n,
  reasoning: 70_000n,
};
const long = { input: 500n, cache_read: 10n, cache_write: 500n, output: 90_000n, reasoning: 90_000n };
const TIERED = {
  ...ODD_PRICE.pico,
  tiers: [
    { above: 1_000, pico: tenfold },
    { above: 2_000, pico: long },
  ],
};

test("all input chooses the tier, cached or not, and the tier prices every token", () => {
  expect(costNano(counts({ input: 1_000, output: 10 }), TIERED)).toBe(1_001n + 50n);
  expect(costNano(counts({ input: 1_001, output: 10 }), TIERED)).toBe(10_020n + 500n);
  expect(costNano(counts({ input: 1, cache_read: 999, output: 1_000 }), TIERED)).toBe(5_001n);
  expect(costNano(counts({ input: 1, cache_read: 500, cache_write: 500 }), TIERED)).toBe(6_276n);
  expect(costNano(counts({ cache_read: 2_001 }), TIERED)).toBe(21n);
});

test("the worst case is the dearest tier that the input may reach, not only its last", () => {
  expect(worstCaseNano(1_000, 10, TIERED)).toBe(1_252n + 70n);
  expect(worstCaseNano(1_001, 10, TIERED)).toBe(12_533n + 700n);
  // Above 2,000 tokens input is cheap again: a call of exactly 2,000 costs more.
  expect(worstCaseNano(2_001, 10, TIERED)).toBe(25_040n + 700n);
  expect(worstCaseNano(2_001, 10_000, TIERED)).toBe(1_001n + 900_000n);
});

test("with tiers the affordable output is exact, too", () => {
  for (const input of [999, 1_000, 1_001, 1_999, 2_000, 2_001, 90_000]) {
    for (const available of [80_000n, 80_001n, 1_000_000n]) {
      const tokens = affordableOutput(available, input, TIERED);
      expect(worstCaseNano(input, tokens, TIERED)).toBeLessThanOrEqual(available);
      expect(worstCaseNano(input, tokens + 1, TIERED)).toBeGreaterThan(available);
    }
  }
  expect(affordableOutput(12_532n, 1_001, TIERED)).toBe(-1);
});
