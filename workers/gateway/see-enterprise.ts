import type { Principal } from "#auth/principal";
import { appError } from "#base/app-error";
import { accessTo } from "#enterprises/access";
import { findEnterpriseFor } from "#enterprises/enterprise";
import { type Scope, scopeOf } from "#enterprises/scope";
import type { EnterpriseRow } from "#enterprises/tables";
import type { Ctx } from "./call.ts";

export type SeenAs = { scope: Scope; enterprise: EnterpriseRow; as: "member" | "end_user" };

/** The enterprise as this person may see it, or null where for them it does not exist. Makes the scope. */
export async function lookAtEnterprise(c: Ctx, who: Principal, enterpriseId: string): Promise<SeenAs | null> {
  const scope = scopeOf(enterpriseId);
  const seen = await findEnterpriseFor(c.env.deps.db, scope, who.user_id);
  const as = accessTo({ host: c.var.host.realm, realm: who.realm }, seen);
  return as && seen ? { scope, enterprise: seen.enterprise, as } : null;
}

/** Error: NOT_FOUND, the same for another's and for none. */
export async function seeEnterprise(c: Ctx, enterpriseId: string): Promise<SeenAs> {
  const seen = await lookAtEnterprise(c, c.var.principal, enterpriseId);
  if (seen === null) throw appError("NOT_FOUND");
  return seen;
}

/** For what only those who run the enterprise may do. Errors: NOT_FOUND; FORBIDDEN for its own end users. */
export async function seeAsMember(c: Ctx, enterpriseId: string): Promise<SeenAs> {
  const seen = await seeEnterprise(c, enterpriseId);
  if (seen.as !== "member") throw appError("FORBIDDEN");
  return seen;
}

/** For what only creators may do, on the foundry's address. */
export function refuseEndUsers(c: Ctx): void {
  if (c.var.host.app !== null) throw appError("FORBIDDEN");
}
