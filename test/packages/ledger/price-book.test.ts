import { expect, test } from "vitest";
import { credit } from "#ledger/credit";
import { OFFLINE_PRICE, picoOf, priceBook } from "#ledger/price-book";
import { reserve } from "#ledger/reserve";
import { settle } from "#ledger/settle";
import { ask, attempt, ledgerUnderTest, NOON } from "./ledger-under-test.ts";

test("a model without a price has none, not a default", () => {
  expect(priceBook([OFFLINE_PRICE]).priceOf("openai/gpt", NOON)).toBeNull();
});

test("a price holds from its moment on", () => {
  const dearer = { ...OFFLINE_PRICE, valid_from: NOON, pico: { ...OFFLINE_PRICE.pico, input: 200_000n } };
  const book = priceBook([dearer, OFFLINE_PRICE]);
  expect(book.priceOf(OFFLINE_PRICE.model, NOON - 1)?.pico.input).toBe(100_000n);
  expect(book.priceOf(OFFLINE_PRICE.model, NOON)?.pico.input).toBe(200_000n);
});

test.each([-1n, 10n ** 13n])("a price of %s pico is rejected", (input) => {
  expect(() => priceBook([{ ...OFFLINE_PRICE, pico: { ...OFFLINE_PRICE.pico, input } }])).toThrow(RangeError);
});

test("two prices of one model from the same moment are rejected", () => {
  expect(() => priceBook([OFFLINE_PRICE, { ...OFFLINE_PRICE }])).toThrow(RangeError);
});

test("a version spells out its figures", () => {
  const price = priceBook([OFFLINE_PRICE]).priceOf(OFFLINE_PRICE.model, 0)!;
  expect(price.price_version).toBe("100000/25000/100000/400000/400000");
  expect(picoOf(price.price_version)).toEqual(OFFLINE_PRICE.pico);
  expect(() => picoOf("1/2/3")).toThrow(RangeError);
});

test("a price edit does not reprice the past: a call settles at the price it was admitted under", () => {
  const ledger = ledgerUnderTest([OFFLINE_PRICE]);
  credit(ledger, { kind: "topup", amount_nano: 10_000_000n, key: "k" });
  reserve(ledger, ask("call"));
  const tenfold = { ...OFFLINE_PRICE, pico: { ...OFFLINE_PRICE.pico, input: 1_000_000n } };
  const later = { ...ledger, prices: priceBook([tenfold]) };
  expect(settle(later, "call", [attempt({ input: 100 })])).toMatchObject({ ok: true, cost_nano: 10_000n });
});
