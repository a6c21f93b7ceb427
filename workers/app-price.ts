import { estimateOf } from "#generator/estimate";
import { priceFor } from "#ledger/price-for";
import type { PlannedParts } from "#protocol/api/plan";
import type { Deps } from "./compose.ts";

/** What generated apps are made for. */
const APP_MODEL = "offline/mozaiks-1";

type Priced = Pick<Deps, "prices" | "clock">;

/** What the model of generated apps costs now; undefined where the operator has no price of their own. */
export function appFigures({ prices, clock }: Priced) {
  const price = priceFor(prices, APP_MODEL, clock.now());
  return price.ok ? price.price.pico : undefined;
}

/** What an app of a plan will cost on this platform: the only place that says so before it is built. */
export function estimateFor(deps: Priced, plan: PlannedParts) {
  return estimateOf(plan, appFigures(deps));
}
