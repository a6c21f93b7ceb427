import type { Env } from "../env.ts";

/** The only way to a tenant's replays. Take a new stub after any throw. */
export function replaysFor(env: Pick<Env, "REPLAYS">, enterpriseId: string) {
  return env.REPLAYS.getByName(enterpriseId);
}
