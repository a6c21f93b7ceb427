import type { Scope } from "#enterprises/scope";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";

/** The only way to a tenant's triggers. Take a new stub after any throw. */
export function triggersFor(env: Pick<Env, "TRIGGERS">, enterpriseId: string) {
  return env.TRIGGERS.getByName(enterpriseId);
}

/**
 * Call when another version of an app is live, or none; `anew`: when its time zone has changed. What was published stays so if this fails twice: the
 * triggers look themselves before they start anything.
 */
export async function refreshTriggers(env: Env, scope: Scope, anew = false): Promise<void> {
  const { log } = compose(env);
  for (let attempt = 1; attempt <= 2; attempt++) {
    try {
      return await triggersFor(env, scope.enterprise_id).refresh(scope.enterprise_id, anew);
    } catch (cause) {
      log("error", "triggers.refresh_failed", { enterprise_id: scope.enterprise_id, cause: String(cause) });
    }
  }
}
