import { rewrapStep } from "#secrets/rewrap";
import type { Deps } from "./compose.ts";
import { secretDeps } from "./secret-deps.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * While the operator has SECRETS_KEY_OLD set: each minute some tenants' keys more are wrapped by SECRETS_KEY, and the
 * Worker's log says how many are left. Once it says `secrets.rewrap_done`, the old key can be taken away. Where there was nothing to
 * do it says so once an hour, for whoever looks later.
 */
export async function rewrapSecrets(deps: Deps): Promise<void> {
  if (!deps.env.SECRETS_KEY_OLD) return;
  const { wrapped, closed, left } = await rewrapStep(secretDeps(deps));
  if (closed > 0) deps.log("error", "secrets.rewrap_closed", { closed, left });
  if (wrapped > 0 || deps.clock.now() % HOUR_MS < MINUTE_MS)
    deps.log("info", left === 0 ? "secrets.rewrap_done" : "secrets.rewrap", { wrapped, left });
}
