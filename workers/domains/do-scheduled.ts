import { doDue } from "#domains/do-due";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { domainDeps } from "./domain-deps.ts";

/** Each minute: what is due of all apps' domains. */
export async function doScheduled(_: unknown, env: Env): Promise<void> {
  await doDue(domainDeps(compose(env)));
}
