import type { Env } from "../env.ts";

/** The only way to a tenant's ledger. Take a new stub after any throw. */
export function ledgerFor(env: Pick<Env, "TOKEN_LEDGER">, enterpriseId: string) {
  return env.TOKEN_LEDGER.getByName(enterpriseId);
}

/** Names the session of who opens a live feed, so that it can be closed with it. Only the gateway writes it. */
export const SESSION_HEADER = "x-mozaiks-session";
