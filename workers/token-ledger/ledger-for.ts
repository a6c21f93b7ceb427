import type { Env } from "../env.ts";

/** The only way to a tenant's ledger. Take a new stub after any throw. */
export function ledgerFor(env: Pick<Env, "TOKEN_LEDGER">, enterpriseId: string) {
  return env.TOKEN_LEDGER.getByName(enterpriseId);
}
