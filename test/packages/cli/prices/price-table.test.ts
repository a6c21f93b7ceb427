import { expect, test } from "vitest";
import { priceTable } from "#cli/prices/price-table";
import { OFFLINE_PRICE, priceBook } from "#ledger/price-book";

test("a price is a line, its tiers lines below, all in columns", () => {
  const long = { ...OFFLINE_PRICE.pico, input: 1_250_000n };
  const pico = { ...OFFLINE_PRICE.pico, tiers: [{ above: 200_000, pico: long }] };
  const later = { ...OFFLINE_PRICE, valid_from: Date.parse("2026-12-01"), pico };
  expect(priceTable(priceBook([OFFLINE_PRICE, later]).all()).split("\n")).toEqual([
    "USD per million tokens",
    "",
    "model              from        call         input  cache read  cache write  output  reasoning  source",
    "offline/mozaiks-1                             0.1       0.025          0.1     0.4        0.4  Mozaiks",
    "offline/mozaiks-1  2026-12-01                 0.1       0.025          0.1     0.4        0.4  Mozaiks",
    "                               > 200000 in   1.25       0.025          0.1     0.4        0.4",
  ]);
});
