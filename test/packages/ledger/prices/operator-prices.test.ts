import { expect, test } from "vitest";
import { operatorPrices } from "#ledger/prices/operator-prices";

const read = (...prices: unknown[]) => operatorPrices(JSON.stringify(prices));
const GPT = { model: "openai/gpt", input: "1.25", output: 10 };

test("what is not priced apart costs what its side does, never nothing", () => {
  expect(read(GPT)).toEqual({
    ok: true,
    prices: [
      {
        model: "openai/gpt",
        valid_from: 0,
        pico: {
          input: 1_250_000n,
          cache_read: 1_250_000n,
          cache_write: 1_250_000n,
          output: 10_000_000n,
          reasoning: 10_000_000n,
        },
        source: "operator",
      },
    ],
  });
});

test("every class may be priced apart, from a moment on", () => {
  const apart = { ...GPT, cache_read: 0.125, cache_write: "2", reasoning: "12", valid_from: "2026-12-01" };
  const answer = read(apart, {
    ...GPT,
    model: "workers-ai/@cf/meta/llama",
    valid_from: "2026-12-01T01:00:00+01:00",
  });
  const december = Date.parse("2026-12-01T00:00:00Z");
  expect(answer).toMatchObject({
    ok: true,
    prices: [
      {
        valid_from: december,
        pico: { cache_read: 125_000n, cache_write: 2_000_000n, reasoning: 12_000_000n },
      },
      { model: "workers-ai/@cf/meta/llama", valid_from: december },
    ],
  });
});

test.each<[string, unknown, string]>([
  ["a negative price", [{ ...GPT, input: -1 }], "0.input: is not a price in USD, such as 0.25"],
  ["a price that is NaN", [{ ...GPT, output: "NaN" }], "0.output: is not a price in USD, such as 0.25"],
  ["a price that is null", [{ ...GPT, output: null }], "0.output: Invalid input"],
  ["an absurd price", [{ ...GPT, output: 2_000_000 }], "0.output: is too much for a million tokens"],
  ["no output price", [{ model: "a/b", input: 1 }], "0.output: Invalid input"],
  ["an unknown key", [{ ...GPT, cached: 1 }], '0: Unrecognized key: "cached"'],
  ["a model without a provider", [{ ...GPT, model: "gpt" }], "0.model: must look like provider/model"],
  ["no such day", [{ ...GPT, valid_from: "2026-02-30" }], "0.valid_from: Invalid input"],
  ["one price, not a list", GPT, "it: Invalid input: expected array, received object"],
  ["one model twice from a moment", [GPT, GPT], "openai/gpt has two prices from 0"],
])("%s is refused, with the place and without the value", (_, json, issue) => {
  expect(operatorPrices(JSON.stringify(json))).toEqual({ ok: false, issues: [issue] });
});

test.each(["{", "nonsense", " ", "[1e", "undefined"])("%j is not JSON", (text) => {
  expect(operatorPrices(text)).toEqual({ ok: false, issues: ["it is not JSON"] });
});
