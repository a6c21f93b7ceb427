import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { operatorPrices } from "#ledger/prices/operator-prices";
import { readProviders } from "#models/providers/config";
import { CHECKOUT } from "../launch/checkout.mjs";
import { refuse } from "../launch/refusal.mjs";
import { readPort } from "./find-port.ts";
import type { PlatformOptions } from "./run-platform.ts";

/** Variables of the Worker that a person may set, for `npm start` or a deploy, that are no secret. */
const PLAIN_VARIABLES = [
  ...["FOUNDRY_URL", "APPS_HOST", "TRIAL_GRANT_NANO", "TRIAL_NEEDS_PROOF", "RATE_LIMITS", "EGRESS_ALLOW"],
  ...[
    "GENERATOR_MODEL",
    "BUILD_COST_CAP_NANO",
    "CNAME_TARGET",
    "DNS_RESOLVER_URL",
    "CF_API_URL",
    "CF_ZONE_ID",
  ],
  ...["MAIL_FROM", "GOOGLE_CLIENT_ID", "GITHUB_CLIENT_ID"],
];
const SECRET_VARIABLES = ["CF_API_TOKEN", "RESEND_API_KEY", "GOOGLE_CLIENT_SECRET", "GITHUB_CLIENT_SECRET"];
const VARIABLES = [...PLAIN_VARIABLES, ...SECRET_VARIABLES];

/** All that may stand in a deploy's configuration. Whatever else `fromEnvironment` gives is a secret. */
export const PLAIN: ReadonlySet<string> = new Set([...PLAIN_VARIABLES, "PRICES", "MODEL_PROVIDERS"]);

/** What PORT, HOST, MOZAIKS_STATE and the Worker's variables of the environment ask for. */
export function fromEnvironment(env: NodeJS.ProcessEnv): PlatformOptions {
  const set = VARIABLES.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  const from = env.INIT_CWD ?? CHECKOUT;
  return {
    port: readPort(env.PORT, 8787),
    host: env.HOST || "127.0.0.1",
    state: resolve(from, env.MOZAIKS_STATE || resolve(CHECKOUT, ".mozaiks")),
    env: {
      ...Object.fromEntries(set),
      ...(env.PRICES ? { PRICES: readPrices(env.PRICES, from) } : {}),
      ...(env.MODEL_PROVIDERS ? providersOf(env.MODEL_PROVIDERS, env, from) : {}),
    },
  };
}

/** JSON, or the path of a `.json` file that holds it. */
function textOf(variable: string, asked: string, from: string): string {
  if (!asked.endsWith(".json")) return asked;
  try {
    return readFileSync(resolve(from, asked), "utf8");
  } catch {
    return refuse(`${variable} names ${asked}, which can't be read.`);
  }
}

/** MODEL_PROVIDERS, with the keys that it names. */
function providersOf(asked: string, env: NodeJS.ProcessEnv, from: string): Record<string, string> {
  const text = textOf("MODEL_PROVIDERS", asked, from);
  const read = readProviders(text);
  if (!read.ok) return refuse(`MODEL_PROVIDERS is not valid: ${read.issues.join("; ")}.`);
  const names = Object.values(read.providers).flatMap((it) => [it.api_key_env, it.gateway_token_env]);
  const keys = names.flatMap((name) => {
    if (name === undefined) return [];
    const key = env[name];
    return key ? [[name, key] as const] : refuse(`MODEL_PROVIDERS needs ${name}, which is not set.`);
  });
  return { MODEL_PROVIDERS: text, ...Object.fromEntries(keys) };
}

/** The operator's own prices. */
function readPrices(asked: string, from: string): string {
  const text = textOf("PRICES", asked, from);
  const prices = operatorPrices(text);
  if (!prices.ok) refuse(`PRICES is not a valid list of prices: ${prices.issues.join("; ")}.`);
  return text;
}
