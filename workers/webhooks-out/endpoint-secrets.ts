import { scopeOf } from "#enterprises/scope";
import { openFor, sealFor } from "#secrets/secret-store";
import type { Endpoint } from "#webhooks/endpoints";
import type { Deps } from "../compose.ts";
import { secretDeps } from "../secret-deps.ts";

/** No name of a tool's secret has a slash: none opens as the other. */
const placeOf = (endpointId: string) => `webhook/${endpointId}`;

export function sealSecret(deps: Deps, enterpriseId: string, endpointId: string, secret: string) {
  return sealFor(secretDeps(deps), scopeOf(enterpriseId), placeOf(endpointId), secret);
}

/** What an endpoint's requests are signed with now: its secret, and the one before while that is good. Throws where one does not open. */
export async function openSecrets(deps: Deps, enterpriseId: string, it: Endpoint): Promise<string[]> {
  const isOldGood = it.old_until !== null && it.old_until > deps.clock.now();
  const sealed = [it.secret, ...(isOldGood && it.old_secret !== null ? [it.old_secret] : [])];
  const opened: string[] = [];
  for (const one of sealed) {
    const secret = await openFor(secretDeps(deps), scopeOf(enterpriseId), placeOf(it.id), one);
    if (secret === null) throw new Error("a webhook's secret does not open");
    opened.push(secret);
  }
  return opened;
}
