import { drizzle } from "drizzle-orm/d1";
import type { Clock } from "#base/clock";
import { consoleLog } from "#base/console-log";
import type { Log } from "#base/log";
import { makeNewId, type NewId } from "#base/new-id";
import type { Db } from "#enterprises/db";
import type { PriceBook } from "#ledger/price-book";
import { platformPrices } from "#ledger/prices/platform-prices";
import type { ModelRegistry } from "#models/registry";
import type { Outside, RunDeps } from "#runtime/run-deps";
import type { FileStore } from "#workflows/file-store";
import { VersionCache } from "#workflows/version-cache";
import type { Env } from "./env.ts";
import { type Metrics, metricsOf } from "./metrics.ts";
import { modelFetch } from "./model-fetch.ts";
import { modelRegistryOf } from "./model-registry.ts";
import { r2FileStore } from "./r2-file-store.ts";
import { wait } from "./timer.ts";

export type Deps = {
  env: Env;
  clock: Clock;
  newId: NewId;
  log: Log;
  metrics: Metrics;
  db: Db;
  files: FileStore;
  versions: VersionCache;
  resolveModel: RunDeps["resolveModel"];
  knowsProvider: ModelRegistry["knows"];
  modelFetch: RunDeps["modelFetch"];
  random: RunDeps["random"];
  wait: RunDeps["wait"];
  outside: Outside;
  prices: PriceBook;
};

/** Versions never change, so one cache serves the isolate. */
const versions = new VersionCache();

/** What each model costs, read once an isolate. A model without a price is refused. */
let read: { operator: string | undefined; prices: PriceBook } | undefined;

function pricesOf(operator: string | undefined, log: Log): PriceBook {
  if (!read || read.operator !== operator) read = { operator, prices: platformPrices(operator, log) };
  return read.prices;
}

/** The way out: the one use of the platform's fetch for addresses that others choose. */
function outsideOf(env: Env): Outside {
  return {
    fetch: (url, init) => fetch(url, init),
    own: [new URL(env.FOUNDRY_URL).host, env.APPS_HOST],
    exempt: (env.EGRESS_ALLOW ?? "").split(/[\s,]+/).filter(Boolean),
  };
}

/** The only place that builds things: everything else is handed what it needs. Cheap, once per request or object. */
export function compose(env: Env): Deps {
  const log = consoleLog;
  const models = modelRegistryOf(env, log);
  const outside = outsideOf(env);
  return {
    env,
    clock: { now: () => Date.now() },
    newId: makeNewId((into) => crypto.getRandomValues(into)),
    log,
    metrics: metricsOf(env),
    db: drizzle(env.DB),
    files: r2FileStore(env.FILES),
    versions,
    resolveModel: (name) => models.resolve(name),
    knowsProvider: (name) => models.knows(name),
    modelFetch: modelFetch(outside),
    random: () => Math.random(),
    outside,
    wait,
    prices: pricesOf(env.PRICES, log),
  };
}
