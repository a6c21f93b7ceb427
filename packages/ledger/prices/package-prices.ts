import { type Price, picoOf } from "../price-book.ts";
import data from "./package-prices.json" with { type: "json" };

/**
 * What the providers charge, from the data file that `npm run prices -- --update` writes. A line holds a model's
 * figures as a price version spells them; where they changed, each later version follows behind its first day:
 * `5/…/5 | 2026-03-13 4/…/4`.
 */
export function packagePrices(): Price[] {
  return Object.entries<string>(data.models).flatMap(([model, versions]) =>
    versions.split(" | ").map((version) => {
      const [figures = "", day] = version.split(" ").reverse();
      const valid_from = day === undefined ? 0 : Date.parse(day);
      return { model, valid_from, pico: picoOf(figures), source: data.source };
    }),
  );
}
