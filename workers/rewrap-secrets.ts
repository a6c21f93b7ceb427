import { rewrapStep } from "#secrets/rewrap";
import type { Deps } from "./compose.ts";
import { secretDeps } from "./secret-deps.ts";

/**
 * While the operator has SECRETS_KEY_OLD set: each minute some tenants' keys more are wrapped by SECRETS_KEY, and the
 * Worker's log says how many are left. Once it says `secrets.rewrap_done`, the old key can be taken away.
 */
export async function rewrapSecrets(deps: Deps): Promise<void> {
  if (!deps.env.SECRETS_KEY_OLD) return;
  const { wrapped, closed, left } = await rewrapStep(secretDeps(deps));
  if (closed > 0) deps.log("error", "secrets.rewrap_closed", { closed, left });
  deps.log("info", left === 0 ? "secrets.rewrap_done" : "secrets.rewrap", { wrapped, left });
}
