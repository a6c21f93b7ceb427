import { CLASSES, type ClassPrices, type VersionedPrice } from "#ledger/price-book";
import { usdPerMillion } from "#ledger/prices/pico-from-usd";

const HEAD = ["model", "from", "call", ...CLASSES.map((name) => name.replace("_", " ")), "source"];
const AMOUNTS = { first: 3, last: 7 };

/** Prices in USD per million tokens, as lines for a terminal: one for each version, one more for each tier. */
export function priceTable(prices: readonly VersionedPrice[]): string {
  const rows = prices.flatMap(({ model, valid_from, pico, source }) => {
    const day = valid_from === 0 ? "" : new Date(valid_from).toISOString().slice(0, 10);
    const tiers = pico.tiers ?? [];
    return [
      [model, day, "", ...amounts(pico), source],
      ...tiers.map(({ above, pico: longer }) => ["", "", `> ${above} in`, ...amounts(longer), ""]),
    ];
  });
  const table = [HEAD, ...rows];
  const widths = HEAD.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) => row.map((cell, column) => pad(cell, column, widths[column]!)).join("  "));
  return ["USD per million tokens", "", ...lines.map((line) => line.trimEnd())].join("\n");
}

function amounts(pico: ClassPrices): string[] {
  return CLASSES.map((name) => usdPerMillion(pico[name]));
}

function pad(cell: string, column: number, width: number): string {
  return column >= AMOUNTS.first && column <= AMOUNTS.last ? cell.padStart(width) : cell.padEnd(width);
}
