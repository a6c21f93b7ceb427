import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { platformPrices } from "#ledger/prices/platform-prices";
import { CHECKOUT } from "../launch/checkout.mjs";
import { orRefuse, refuse } from "../launch/refusal.mjs";
import { fromEnvironment } from "../platform/from-environment.ts";
import { priceTable } from "../prices/price-table.ts";

const DATA = join(CHECKOUT, "packages/ledger/prices/package-prices.json");

/**
 * `npm run prices [-- part of a name …]` prints what models cost, with the operator's PRICES where they are set;
 * `npm run prices -- --update` takes the providers' prices anew from the installed package.
 */
await orRefuse(async () => {
  const asked = process.argv.slice(2);
  if (asked.includes("--update")) {
    if (asked.length > 1) refuse("--update takes all prices of the package: give it alone.");
    // The package is large, and only an update needs it.
    const { pricesFromPackage, printPriceData } = await import("../prices/from-package.ts");
    const data = pricesFromPackage();
    writeFileSync(DATA, printPriceData(data));
    console.log(
      `${Object.keys(data.models).length} models in ${relative(CHECKOUT, DATA)}, from ${data.source}`,
    );
    return;
  }
  const { PRICES } = fromEnvironment(process.env).env ?? {};
  const found = platformPrices(PRICES)
    .all()
    .filter(({ model }) => asked.every((part) => model.toLowerCase().includes(part.toLowerCase())));
  if (found.length === 0) refuse(`No model with a price is named like "${asked.join(" ")}".`);
  console.log(priceTable(found));
});
