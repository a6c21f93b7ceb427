import { appError } from "#base/app-error";
import type { Deps } from "../compose.ts";
import type { Env } from "../env.ts";
import { addressOf, LOCAL_ADDRESS } from "./address-of.ts";

/** The platform's own rate limits, by their bindings. */
export type RoughLimit = "REQUESTS" | "CALLS" | "STARTS" | "OPENINGS" | "UPLOADS";

/** As `[[ratelimits]]` in wrangler.toml has them; the platform does not say how much of its minute is left. */
const PERIOD_S = 60;

/**
 * Counts one of what comes often, by the platform's own limiter: roughly, in each of its places for itself, and at no cost
 * worth naming. What comes from the very machine that a platform is at home on is not counted. A limiter that fails lets
 * everybody through: these keep the crowd away from what is exact. Error: RATE_LIMITED.
 */
export async function roughly(
  { env, log }: Pick<Deps, "env" | "log">,
  headers: Headers,
  limit: RoughLimit,
  of?: string,
): Promise<void> {
  const address = addressOf(headers, env);
  if (address === LOCAL_ADDRESS) return;
  if (await hasRoom(env, limit, of ?? address, log)) return;
  throw appError("RATE_LIMITED", { limit: limit.toLowerCase(), retry_after_s: PERIOD_S });
}

async function hasRoom(env: Env, limit: RoughLimit, key: string, log: Deps["log"]): Promise<boolean> {
  try {
    return (await env[limit].limit({ key })).success;
  } catch (cause) {
    log("error", "rates.rough_failed", { limit, cause: String(cause) });
    return true;
  }
}
