import type { Principal } from "#auth/principal";
import { appError } from "#base/app-error";
import { accessTo } from "#enterprises/access";
import { findEnterpriseFor } from "#enterprises/enterprise";
import { type Action, may, type Role } from "#enterprises/may";
import { type Scope, scopeOf } from "#enterprises/scope";
import type { EnterpriseRow } from "#enterprises/tables";
import { grants } from "#keys/scopes";
import type { KeyScope } from "#protocol/api/key";
import type { Ctx } from "./call.ts";

/**
 * `role`: of a member, on the foundry's address; null for an end user, and for a program, whose key has `scopes` instead.
 * Read for this very request (T13).
 */
export type SeenAs = {
  scope: Scope;
  enterprise: EnterpriseRow;
  as: "member" | "end_user" | "program";
  role: Role | null;
  scopes: readonly KeyScope[] | null;
};

/** The enterprise as they may see it, or null where for them it does not exist. Makes the scope. */
export async function lookAtEnterprise(c: Ctx, who: Principal, enterpriseId: string): Promise<SeenAs | null> {
  const scope = scopeOf(enterpriseId);
  const { app, realm: host } = c.var.host;
  const seen = await findEnterpriseFor(c.env.deps.db, scope, who.user_id);
  if (!seen) return null;
  const { enterprise } = seen;
  if (who.program) {
    const own = who.program.enterprise_id === enterpriseId && (app === null || host === enterpriseId);
    return own ? { scope, enterprise, as: "program", role: null, scopes: who.program.scopes } : null;
  }
  const as = accessTo({ host, realm: who.realm }, seen);
  return as && { scope, enterprise, as, role: as === "member" ? seen.role : null, scopes: null };
}

/** Whether who was seen may do this: the one place that weighs roles and keys' scopes. */
export function allows({ role, scopes }: SeenAs, action: Action): boolean {
  return scopes === null ? may(role, action) : grants(scopes, action);
}

/** Error: NOT_FOUND, the same for another's and for none. */
export async function seeAnyhow(c: Ctx, enterpriseId: string): Promise<SeenAs> {
  const seen = await lookAtEnterprise(c, c.var.principal, enterpriseId);
  if (seen === null) throw appError("NOT_FOUND");
  return seen;
}

/** For what people do as themselves. Errors: NOT_FOUND; FORBIDDEN for a program. */
export async function seeEnterprise(c: Ctx, enterpriseId: string): Promise<SeenAs> {
  const seen = await seeAnyhow(c, enterpriseId);
  if (seen.as === "program") throw appError("FORBIDDEN");
  return seen;
}

/** For what only some may do. Errors: NOT_FOUND; FORBIDDEN for everybody else of the enterprise. */
export async function seeAs(c: Ctx, enterpriseId: string, action: Action): Promise<SeenAs> {
  const seen = await seeAnyhow(c, enterpriseId);
  if (!allows(seen, action)) throw appError("FORBIDDEN");
  return seen;
}

/** For what only creators may do, on the foundry's address. */
export function refuseEndUsers(c: Ctx): void {
  if (c.var.host.app !== null) throw appError("FORBIDDEN");
}
