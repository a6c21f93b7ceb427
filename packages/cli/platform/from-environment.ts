import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { operatorPrices } from "#ledger/prices/operator-prices";
import { CHECKOUT } from "../launch/checkout.mjs";
import { refuse } from "../launch/refusal.mjs";
import { readPort } from "./find-port.ts";
import type { PlatformOptions } from "./run-platform.ts";

/** Variables of the Worker that a person may set for `npm start`. */
const VARIABLES = ["FOUNDRY_URL", "APPS_HOST", "TRIAL_GRANT_NANO", "EGRESS_ALLOW"];

/** What PORT, HOST, MOZAIKS_STATE and the Worker's variables of the environment ask for. */
export function fromEnvironment(env: NodeJS.ProcessEnv): PlatformOptions {
  const set = VARIABLES.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  const from = env.INIT_CWD ?? CHECKOUT;
  return {
    port: readPort(env.PORT, 8787),
    host: env.HOST || "127.0.0.1",
    state: resolve(from, env.MOZAIKS_STATE || resolve(CHECKOUT, ".mozaiks")),
    env: { ...Object.fromEntries(set), ...(env.PRICES ? { PRICES: readPrices(env.PRICES, from) } : {}) },
  };
}

/** PRICES is the operator's prices as JSON, or the path of a `.json` file that holds them. */
function readPrices(asked: string, from: string): string {
  let text = asked;
  if (asked.endsWith(".json")) {
    try {
      text = readFileSync(resolve(from, asked), "utf8");
    } catch {
      refuse(`PRICES names ${asked}, which can't be read.`);
    }
  }
  const prices = operatorPrices(text);
  if (!prices.ok) refuse(`PRICES is not a valid list of prices: ${prices.issues.join("; ")}.`);
  return text;
}
