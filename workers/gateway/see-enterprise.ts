import type { Principal } from "#auth/principal";
import { appError } from "#base/app-error";
import { accessTo } from "#enterprises/access";
import { findEnterpriseFor, type Seen } from "#enterprises/enterprise";
import { ACTIONS, type Action, may, type Role } from "#enterprises/may";
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
  return seenAs(c, who, scope, await findEnterpriseFor(c.env.deps.db, scope, who.user_id));
}

/** What they may see of what was found: all of it, or nothing. */
export function seenAs(c: Ctx, who: Principal, scope: Scope, seen: Seen | null): SeenAs | null {
  if (!seen) return null;
  const { app, realm: host } = c.var.host;
  const { enterprise } = seen;
  if (who.program) {
    const own =
      who.program.enterprise_id === scope.enterprise_id && (app === null || host === scope.enterprise_id);
    return own ? { scope, enterprise, as: "program", role: null, scopes: who.program.scopes } : null;
  }
  const as = accessTo({ host, realm: who.realm }, seen);
  return as && { scope, enterprise, as, role: as === "member" ? seen.role : null, scopes: null };
}

/** Whether who was seen may do this: the one place that weighs roles and keys' scopes. */
export function allows({ role, scopes }: SeenAs, action: Action): boolean {
  return scopes === null ? may(role, action) : grants(scopes, action);
}

/** All that who was seen may do, for pages that show no more than that. */
export function allowedTo(seen: SeenAs): Action[] {
  return ACTIONS.filter((action) => allows(seen, action));
}

/** Why somebody sees nothing of an enterprise: at its own address it is closed, or there is none for them. */
export function whyUnseen(c: Ctx, enterpriseId: string): "APP_UNPUBLISHED" | "NOT_FOUND" {
  const { app } = c.var.host;
  return app?.enterpriseId === enterpriseId && app.status === "unpublished" ? "APP_UNPUBLISHED" : "NOT_FOUND";
}

/** Errors: NOT_FOUND, the same for another's and for none; APP_UNPUBLISHED. */
export async function seeAnyhow(c: Ctx, enterpriseId: string): Promise<SeenAs> {
  const seen = await lookAtEnterprise(c, c.var.principal, enterpriseId);
  if (seen === null) throw appError(whyUnseen(c, enterpriseId));
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
