import { appError } from "#base/app-error";
import { CLASSES, type ClassPrices, type VersionedPrice } from "#ledger/price-book";
import { usdPerMillion } from "#ledger/prices/pico-from-usd";
import { type PublishedPrice, prices, pricesQuery } from "#protocol/api/prices";
import { answers, route, routes } from "../route.ts";

export const priceRoutes = routes();

priceRoutes.openapi(
  route({
    method: "get",
    path: "/api/prices",
    tags: ["Prices"],
    summary: "What models cost, past and to come",
    access: "session",
    request: { query: pricesQuery },
    responses: answers(200, prices, "Prices, ordered by model and then by time"),
  }),
  (c) => {
    const { model, usable, cursor, limit } = c.req.valid("query");
    const { prices, knowsProvider, clock } = c.env.deps;
    const canBeUsed = (it: VersionedPrice) =>
      prices.priceOf(it.model, clock.now()) === it && knowsProvider(it.model.split("/", 1)[0] ?? "") === true;
    const known = prices
      .all()
      .filter((it) => (model === undefined || it.model === model) && (usable === "false" || canBeUsed(it)));
    const start = cursor === undefined ? 0 : known.findIndex((price) => cursorOf(price) === cursor);
    if (start < 0) {
      const issue = { path: "cursor", message: "is not a cursor of this list" };
      throw appError("BAD_REQUEST", { issues: [issue] });
    }
    const next = known[start + limit];
    const items = known.slice(start, start + limit).map(publishedPrice);
    return c.json({ items, next_cursor: next ? cursorOf(next) : null }, 200);
  },
);

/** The price that a page starts with. */
function cursorOf({ valid_from, model }: VersionedPrice): string {
  return `${valid_from}~${model}`;
}

function publishedPrice({ model, valid_from, pico, source, price_version }: VersionedPrice): PublishedPrice {
  return {
    model,
    valid_from: new Date(valid_from).toISOString(),
    ...figures(pico),
    tiers: (pico.tiers ?? []).map(({ above, pico: longer }) => ({
      above_input_tokens: above,
      ...figures(longer),
    })),
    source,
    price_version,
  };
}

function figures(pico: ClassPrices) {
  return {
    pico: eachClass((name) => String(pico[name])),
    usd_per_million: eachClass((name) => usdPerMillion(pico[name])),
  };
}

function eachClass(of: (name: keyof ClassPrices) => string): Record<keyof ClassPrices, string> {
  return Object.fromEntries(CLASSES.map((name) => [name, of(name)])) as Record<keyof ClassPrices, string>;
}
