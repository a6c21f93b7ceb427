import { expect, test } from "vitest";
import { credit } from "#ledger/credit";
import { OFFLINE_PRICE, type Price, picoOf, priceBook } from "#ledger/price-book";
import { reserve } from "#ledger/reserve";
import { settle } from "#ledger/settle";
import { ask, attempt, ledgerUnderTest, NOON, ODD_PRICE } from "./ledger-under-test.ts";

test("a model without a price has none, not a default", () => {
  expect(priceBook([OFFLINE_PRICE]).priceOf("openai/gpt", NOON)).toBeNull();
});

test("a price holds from its moment on", () => {
  const dearer = { ...OFFLINE_PRICE, valid_from: NOON, pico: { ...OFFLINE_PRICE.pico, input: 200_000n } };
  const book = priceBook([dearer, OFFLINE_PRICE]);
  expect(book.priceOf(OFFLINE_PRICE.model, NOON - 1)?.pico.input).toBe(100_000n);
  expect(book.priceOf(OFFLINE_PRICE.model, NOON)?.pico.input).toBe(200_000n);
});

test.each([
  ["negative", -1n],
  ["above $1 a token", 10n ** 12n + 1n],
  ["text", "100000"],
  ["a float", 0.1],
  ["NaN", Number.NaN],
  ["nothing", undefined],
])("a price that is %s is refused, in a tier too", (_, input) => {
  const pico = { ...OFFLINE_PRICE.pico, input } as Price["pico"];
  expect(() => priceBook([{ ...OFFLINE_PRICE, pico }])).toThrow(RangeError);
  const tiers = [{ above: 1_000, pico }];
  expect(() => priceBook([{ ...OFFLINE_PRICE, pico: { ...OFFLINE_PRICE.pico, tiers } }])).toThrow(RangeError);
});

test.each([[[-1]], [[0.5]], [[Number.NaN]], [[100, 100]], [[200, 100]]])(
  "tiers from %j are refused",
  (above) => {
    const tiers = above.map((from) => ({ above: from, pico: ODD_PRICE.pico }));
    expect(() => priceBook([{ ...OFFLINE_PRICE, pico: { ...OFFLINE_PRICE.pico, tiers } }])).toThrow(
      RangeError,
    );
  },
);

test("a price from no moment is refused", () => {
  expect(() => priceBook([{ ...OFFLINE_PRICE, valid_from: Number.NaN }])).toThrow(RangeError);
});

test("two prices of one model from the same moment are rejected", () => {
  expect(() => priceBook([OFFLINE_PRICE, { ...OFFLINE_PRICE }])).toThrow(RangeError);
});

test("a version spells out its figures", () => {
  const price = priceBook([OFFLINE_PRICE]).priceOf(OFFLINE_PRICE.model, 0)!;
  expect(price.price_version).toBe("100000/25000/100000/400000/400000");
  expect(picoOf(price.price_version)).toEqual(OFFLINE_PRICE.pico);
});

test("a version with tiers spells out every one", () => {
  const tiers = [{ above: 200_000, pico: ODD_PRICE.pico }];
  const pico = { ...OFFLINE_PRICE.pico, tiers };
  const price = priceBook([{ ...OFFLINE_PRICE, pico }]).priceOf(OFFLINE_PRICE.model, 0)!;
  expect(price.price_version).toBe("100000/25000/100000/400000/400000>200000:1001/1/1252/4999/7000");
  expect(picoOf(price.price_version)).toEqual(pico);
});

test.each([
  "",
  "1/2/3",
  "1/2/3/4/5/6",
  "1//3/4/5",
  "-1/2/3/4/5",
  "1.5/2/3/4/5",
  "0x1/2/3/4/5",
  "1/2/3/4/5>",
  "1/2/3/4/5>7",
  "1/2/3/4/5>7:1/2/3",
])("%j is no version", (version) => {
  expect(() => picoOf(version)).toThrow(RangeError);
});

test("all prices are listed by model and then by time", () => {
  const later = { ...OFFLINE_PRICE, valid_from: NOON };
  const listed = priceBook([ODD_PRICE, later, OFFLINE_PRICE]).all();
  expect(listed.map(({ model, valid_from }) => [model, valid_from])).toEqual([
    [OFFLINE_PRICE.model, 0],
    [OFFLINE_PRICE.model, NOON],
    [ODD_PRICE.model, 0],
  ]);
});

test("price edit reprices the past: no, a call settles at the price it was admitted under", () => {
  const ledger = ledgerUnderTest([OFFLINE_PRICE]);
  credit(ledger, { kind: "topup", amount_nano: 10_000_000n, key: "k" });
  reserve(ledger, ask("call"));
  const tenfold = { ...OFFLINE_PRICE, pico: { ...OFFLINE_PRICE.pico, input: 1_000_000n } };
  const later = { ...ledger, prices: priceBook([tenfold]) };
  expect(settle(later, "call", [attempt({ input: 100 })])).toMatchObject({ ok: true, cost_nano: 10_000n });
});

test("fallback priced at the first model: no, each attempt costs what its own model does", () => {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: 10_000_000n, key: "k" });
  reserve(ledger, ask("call"));
  const fallback = attempt({ input: 100 }, { attempt: 1, model: ODD_PRICE.model });
  expect(settle(ledger, "call", [attempt({ input: 100 }), fallback])).toMatchObject({
    ok: true,
    rows: [{ cost_nano: 10_000n }, { model: ODD_PRICE.model, cost_nano: 101n }],
    cost_nano: 10_101n,
  });
});

test("an unknown model is refused, at first and as a fallback, and takes nothing", () => {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: 10_000_000n, key: "k" });
  const refusal = { ok: false, code: "UNKNOWN_MODEL", details: { model: "openai/gpt-unheard-of" } };
  expect(reserve(ledger, ask("first", { model: "openai/gpt-unheard-of" }))).toEqual(refusal);
  reserve(ledger, ask("call"));
  expect(settle(ledger, "call", [attempt({}, { model: "openai/gpt-unheard-of" })])).toEqual(refusal);
  expect(settle(ledger, "call", [attempt({})])).toMatchObject({ ok: true, balance_nano: 10_000_000n });
});
