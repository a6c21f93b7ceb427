import { doDue } from "#domains/do-due";
import { compose } from "../compose.ts";
import { doErasures } from "../data-rights/erase-person.ts";
import type { Env } from "../env.ts";
import { domainDeps } from "./domain-deps.ts";

/** Each minute: what is due of all apps' domains, and of people who are being deleted. */
export async function doScheduled(_: unknown, env: Env): Promise<void> {
  const deps = compose(env);
  await doDue(domainDeps(deps));
  await doErasures(deps);
}
