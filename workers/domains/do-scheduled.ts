import { doDue } from "#domains/do-due";
import { compose, type Deps } from "../compose.ts";
import { doErasures } from "../data-rights/erase.ts";
import type { Env } from "../env.ts";
import { rewrapSecrets } from "../rewrap-secrets.ts";
import { domainDeps } from "./domain-deps.ts";

const WORK: Record<string, (deps: Deps) => Promise<void>> = {
  secrets: rewrapSecrets,
  erasures: doErasures,
  domains: (deps) => doDue(domainDeps(deps)),
};

/**
 * Each minute: what is due of a new key of secrets, of people who are being deleted, of all apps' domains. What fails of
 * one ends not the others.
 */
export async function doScheduled(_: unknown, env: Env): Promise<void> {
  const deps = compose(env);
  for (const [name, work] of Object.entries(WORK))
    await work(deps).catch((cause: unknown) =>
      deps.log("error", "schedule.failed", { name, cause: String(cause) }),
    );
}
