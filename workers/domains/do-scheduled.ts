import { doDue } from "#domains/do-due";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { rewrapSecrets } from "../rewrap-secrets.ts";
import { domainDeps } from "./domain-deps.ts";

/** Each minute: what is due of all apps' domains, and of a new key of secrets. What fails of one ends not the other. */
export async function doScheduled(_: unknown, env: Env): Promise<void> {
  const deps = compose(env);
  try {
    await rewrapSecrets(deps);
  } catch (cause) {
    deps.log("error", "secrets.rewrap_failed", { cause: String(cause) });
  }
  await doDue(domainDeps(deps));
}
