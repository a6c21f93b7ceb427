import fc from "fast-check";
import { expect, test } from "vitest";
import { affordableOutput, costNano, worstCaseNano } from "#ledger/cost";
import { OFFLINE_PRICE, picoOf, priceBook } from "#ledger/price-book";
import { packagePrices } from "#ledger/prices/package-prices";
import type { TokenCounts } from "#ledger/types";

/** Of all names, each version of figures once: what costs the same is computed the same. */
const versions = [
  ...new Set(
    priceBook([OFFLINE_PRICE, ...packagePrices()])
      .all()
      .map((price) => price.price_version),
  ),
];

/** The exact cost in pico-USD, from the version's text alone and by another way than the code under test. */
function exactPico(version: string, counts: TokenCounts): bigint {
  const total = counts.input + counts.cache_read + counts.cache_write;
  let applies = version.split(">")[0]!;
  for (const tier of version.split(">").slice(1)) {
    const [above, figures] = tier.split(":");
    if (total > Number(above)) applies = figures!;
  }
  const classes = [counts.input, counts.cache_read, counts.cache_write, counts.output, counts.reasoning];
  return applies.split("/").reduce((sum, pico, n) => sum + BigInt(pico) * BigInt(classes[n]!), 0n);
}

/** Around the edges of every tier, small, and up to two million. */
const edges = [
  ...new Set(versions.flatMap((version) => [...version.matchAll(/>(\d+):/g)].map((it) => it[1]))),
];
const size = fc.oneof(
  fc.nat(300),
  fc.nat(2_000_000),
  fc.tuple(fc.constantFrom(...edges.map(Number)), fc.integer({ min: -1, max: 1 })).map(([at, by]) => at + by),
);
/** A total, cut into three classes of input and two of output. */
const call = fc
  .record({ input: size, output: fc.nat(200_000), cut: fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100)) })
  .map(({ input, output, cut: [a, b, c] }) => {
    const cache_read = Math.floor((input * a) / 100);
    const cache_write = Math.floor(((input - cache_read) * b) / 100);
    const reasoning = Math.floor((output * c) / 100);
    return {
      counts: {
        input: input - cache_read - cache_write,
        cache_read,
        cache_write,
        output: output - reasoning,
        reasoning,
      },
      input,
      output,
    };
  });
const slack = fc.oneof(fc.constant(0), fc.nat(5), fc.nat(400_000));

test("there are models with tiers and models without, of many figures", () => {
  expect(versions.length).toBeGreaterThan(100);
  expect(edges.length).toBeGreaterThan(2);
});

test("of every price, a row costs its exact rational rounded up, less than one nano more", () => {
  for (const version of versions) {
    const pico = picoOf(version);
    fc.assert(
      fc.property(call, ({ counts }) => {
        const over = costNano(counts, pico) * 1_000n - exactPico(version, counts);
        expect(over >= 0n && over < 1_000n).toBe(true);
      }),
      { numRuns: 100 },
    );
  }
});

test("of every price, no call costs more than the worst case of any bounds it stays within", () => {
  for (const version of versions) {
    const pico = picoOf(version);
    fc.assert(
      fc.property(call, slack, slack, ({ counts, input, output }, moreIn, moreOut) => {
        expect(worstCaseNano(input + moreIn, output + moreOut, pico)).toBeGreaterThanOrEqual(
          costNano(counts, pico),
        );
      }),
      { numRuns: 100 },
    );
  }
});

test("of every price, one token more than what is affordable is not", () => {
  for (const version of versions) {
    const pico = picoOf(version);
    fc.assert(
      fc.property(size, fc.bigInt(0n, 100_000_000_000n), (input, available) => {
        const tokens = affordableOutput(available, input, pico);
        expect(worstCaseNano(input, tokens + 1, pico)).toBeGreaterThan(available);
        if (tokens >= 0) expect(worstCaseNano(input, tokens, pico)).toBeLessThanOrEqual(available);
      }),
      { numRuns: 100 },
    );
  }
});

test("the worst case is no more than some call within the bounds really can cost", () => {
  for (const version of versions) {
    const pico = picoOf(version);
    fc.assert(
      fc.property(size, fc.nat(200_000), (input, output) => {
        const lengths = [input, ...edges.map(Number).filter((edge) => edge < input)];
        const costs = lengths.flatMap((length) =>
          (["input", "cache_read", "cache_write"] as const).flatMap((i) =>
            (["output", "reasoning"] as const).map((o) =>
              costNano(
                {
                  input: 0,
                  cache_read: 0,
                  cache_write: 0,
                  output: 0,
                  reasoning: 0,
                  [i]: length,
                  [o]: output,
                },
                pico,
              ),
            ),
          ),
        );
        expect(costs).toContain(worstCaseNano(input, output, pico));
      }),
      { numRuns: 10 },
    );
  }
});
