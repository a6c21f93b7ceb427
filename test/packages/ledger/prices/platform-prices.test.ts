import { expect, test } from "vitest";
import { AppError } from "#base/app-error";
import { credit } from "#ledger/credit";
import { OFFLINE_PRICE } from "#ledger/price-book";
import { platformPrices } from "#ledger/prices/platform-prices";
import { reserve } from "#ledger/reserve";
import { settle } from "#ledger/settle";
import { ask, attempt, ledgerUnderTest, NOON, ODD_PRICE } from "../ledger-under-test.ts";

const GPT = "openai/gpt-5";
const own = (...prices: object[]) => JSON.stringify(prices);

test("the offline model, the providers' and Workers AI's own names have prices; others have none", () => {
  const book = platformPrices();
  expect(book.priceOf(OFFLINE_PRICE.model, NOON)?.source).toBe("Mozaiks");
  expect(book.priceOf(GPT, NOON)).toMatchObject({
    pico: { input: 1_250_000n, cache_read: 125_000n, output: 10_000_000n },
    source: expect.stringContaining("genai-prices"),
  });
  expect(book.priceOf("workers-ai/@cf/meta/llama-3.1-8b-instruct", NOON)).not.toBeNull();
  for (const unknown of ["gpt-5", "openai/gpt-5-", "openai/GPT-5", "nobody/gpt-5", "openai/", ""]) {
    expect(book.priceOf(unknown, NOON)).toBeNull();
  }
});

test("the operator's price stands above the package's, and adds what that lacks", () => {
  const book = platformPrices(
    own({ model: GPT, input: 9, output: 9 }, { model: "my/model", input: 1, output: 2 }),
  );
  expect(book.priceOf(GPT, 0)).toMatchObject({ pico: { cache_read: 9_000_000n }, source: "operator" });
  expect(book.priceOf("my/model", NOON)).toMatchObject({ pico: { output: 2_000_000n } });
  expect(book.priceOf("openai/gpt-5-mini", NOON)?.source).not.toBe("operator");
});

test("from the first moment the operator names, no change of the package's comes between", () => {
  const gemini = "google/gemini-3.6-flash";
  const [december, january] = [Date.parse("2026-12-01"), Date.parse("2027-01-01")];
  expect(platformPrices().priceOf(gemini, january)).toMatchObject({ pico: { input: 1_500_000n } });
  const book = platformPrices(own({ model: gemini, input: 0.5, output: 3, valid_from: "2026-12-01" }));
  expect(book.priceOf(gemini, december - 1)).toMatchObject({ pico: { input: 750_000n } });
  expect(book.priceOf(gemini, december)).toMatchObject({ pico: { input: 500_000n } });
  expect(book.priceOf(gemini, january)).toMatchObject({ pico: { input: 500_000n } });
});

test("prices that are not valid spoil the book loudly: none is found in it, old or new", () => {
  const lines: unknown[] = [];
  const book = platformPrices(own({ model: GPT, input: -1, output: 1 }), (...line) => lines.push(line));
  for (const use of [
    () => book.all(),
    () => book.priceOf(GPT, 0),
    () => book.priceOf(OFFLINE_PRICE.model, 0),
  ]) {
    expect(use).toThrow(AppError);
    expect(use).toThrow(expect.objectContaining({ code: "PRICES_INVALID" }));
  }
  const issues = "0.input: is not a price in USD, such as 0.25";
  expect(lines).toEqual([["error", "prices.invalid", { issues }]]);
});

test("while prices are not valid nothing is spent, what was admitted before settles, a fallback waits", () => {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: 10_000_000n, key: "k" });
  reserve(ledger, ask("one"));
  reserve(ledger, ask("two"));
  const spoilt = { ...ledger, prices: platformPrices("{") };
  expect(reserve(spoilt, ask("three"))).toMatchObject({ ok: false, code: "PRICES_INVALID" });
  expect(settle(spoilt, "one", [attempt({ input: 100 })])).toMatchObject({ ok: true, cost_nano: 10_000n });
  const fallback = [attempt({ input: 100 }, { model: ODD_PRICE.model })];
  expect(() => settle(spoilt, "two", fallback)).toThrow(expect.objectContaining({ code: "PRICES_INVALID" }));
  expect(settle(ledger, "two", fallback)).toMatchObject({ ok: true, cost_nano: 101n });
});
