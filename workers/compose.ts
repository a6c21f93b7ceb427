import { drizzle } from "drizzle-orm/d1";
import type { Clock } from "#base/clock";
import { jsonLog, type Log } from "#base/log";
import { makeNewId, type NewId } from "#base/new-id";
import type { Db } from "#enterprises/db";
import type { PriceBook } from "#ledger/price-book";
import { platformPrices } from "#ledger/prices/platform-prices";
import type { ModelRegistry } from "#models/registry";
import type { RunDeps } from "#runtime/run-deps";
import type { FileStore } from "#workflows/file-store";
import type { Env } from "./env.ts";
import { modelRegistryOf } from "./model-registry.ts";
import { r2FileStore } from "./r2-file-store.ts";

export type Deps = {
  env: Env;
  clock: Clock;
  newId: NewId;
  log: Log;
  db: Db;
  files: FileStore;
  resolveModel: RunDeps["resolveModel"];
  knowsProvider: ModelRegistry["knows"];
  modelFetch: RunDeps["modelFetch"];
  random: RunDeps["random"];
  wait: RunDeps["wait"];
  prices: PriceBook;
};

/** What each model costs, read once an isolate. A model without a price is refused. */
let read: { operator: string | undefined; prices: PriceBook } | undefined;

function pricesOf(operator: string | undefined, log: Log): PriceBook {
  if (!read || read.operator !== operator) read = { operator, prices: platformPrices(operator, log) };
  return read.prices;
}

/** The only place that builds things: everything else is handed what it needs. Cheap, once per request or object. */
export function compose(env: Env): Deps {
  const log = jsonLog((line) => console.log(line));
  const models = modelRegistryOf(env, log);
  return {
    env,
    clock: { now: () => Date.now() },
    newId: makeNewId((into) => crypto.getRandomValues(into)),
    log,
    db: drizzle(env.DB),
    files: r2FileStore(env.FILES),
    resolveModel: (name) => models.resolve(name),
    knowsProvider: (name) => models.knows(name),
    modelFetch: (input, init) => fetch(input, init),
    random: () => Math.random(),
    wait: (ms, until) => scheduler.wait(ms, { signal: until }).catch(() => undefined),
    prices: pricesOf(env.PRICES, log),
  };
}
