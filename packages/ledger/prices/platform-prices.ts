import { appError } from "#base/app-error";
import type { Log } from "#base/log";
import { OFFLINE_PRICE, OWN_PRICE, type Price, type PriceBook, priceBook } from "../price-book.ts";
import { operatorPrices } from "./operator-prices.ts";
import { packagePrices } from "./package-prices.ts";

/**
 * Every price there is: the offline model's, the providers', and the operator's own above them. From the first
 * moment an operator names for a model, only the operator's prices of it hold.
 *
 * Prices of the operator that are not valid spoil the whole book: what was meant to be changed is not known, so
 * nothing is sold at the old price.
 * @param operator the text of PRICES; empty for none
 */
export function platformPrices(operator = "", log?: Log): PriceBook {
  const own = operator === "" ? ({ ok: true, prices: [] } as const) : operatorPrices(operator);
  if (!own.ok) {
    log?.("error", "prices.invalid", { issues: own.issues.join("; ") });
    return spoilt(own.issues);
  }
  const since = new Map<string, number>();
  for (const { model, valid_from } of own.prices) {
    since.set(model, Math.min(valid_from, since.get(model) ?? valid_from));
  }
  const holds = ({ model, valid_from }: Price) => valid_from < (since.get(model) ?? Number.POSITIVE_INFINITY);
  return priceBook([...[OFFLINE_PRICE, OWN_PRICE, ...packagePrices()].filter(holds), ...own.prices]);
}

function spoilt(issues: string[]): PriceBook {
  const fail = () => {
    throw appError("PRICES_INVALID", { issues });
  };
  return { priceOf: fail, all: fail };
}
