import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { countEnterprisesMadeBy } from "#enterprises/count-enterprises";
import { createEnterprise } from "#enterprises/create-enterprise";
import { scopeOf } from "#enterprises/scope";
import type { EnterpriseRow } from "#enterprises/tables";
import type { Deps } from "../compose.ts";
import { eraseApp } from "../data-rights/erase.ts";
import { grantTrial } from "./grant-trial.ts";

const MAX = LIMITS.appsPerCreator;
const tooMany = () =>
  appError("FORBIDDEN", { max_apps: MAX }, `You have ${MAX} apps, and may not have more. Delete one first.`);

/**
 * A draft enterprise, with a trial grant as long as its creator has one left. Error: FORBIDDEN, when its creator has as
 * many as one may (T34).
 */
export async function makeEnterprise(
  deps: Deps,
  it: { name: string; createdBy: string; address: string },
): Promise<EnterpriseRow> {
  const { db } = deps;
  if ((await countEnterprisesMadeBy(db, it.createdBy)) >= MAX) throw tooMany();
  const enterpriseId = deps.newId("ent");
  // Money first: credited twice under one key is once, and an enterprise without its grant must not be.
  await grantTrial(deps, { userId: it.createdBy, enterpriseId, address: it.address });
  const { name, createdBy } = it;
  const row = await createEnterprise(db, { name, createdBy, enterpriseId, now: deps.clock.now() });
  // Others may have been made meanwhile: whoever sees too many takes their own back.
  if ((await countEnterprisesMadeBy(db, it.createdBy)) <= MAX) return row;
  await eraseApp(deps, scopeOf(enterpriseId));
  throw tooMany();
}
