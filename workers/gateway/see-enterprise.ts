import type { Principal } from "#auth/principal";
import { appError } from "#base/app-error";
import { accessTo } from "#enterprises/access";
import { findEnterpriseFor, type Seen } from "#enterprises/enterprise";
import { type Action, may, type Role } from "#enterprises/may";
import { type Scope, scopeOf } from "#enterprises/scope";
import type { EnterpriseRow } from "#enterprises/tables";
import type { Ctx } from "./call.ts";

/** `role`: of a member, on the foundry's address; null for an end user. Read for this very request (T13). */
export type SeenAs = {
  scope: Scope;
  enterprise: EnterpriseRow;
  as: "member" | "end_user";
  role: Role | null;
};

/** The enterprise as this person may see it, or null where for them it does not exist. Makes the scope. */
export async function lookAtEnterprise(c: Ctx, who: Principal, enterpriseId: string): Promise<SeenAs | null> {
  const scope = scopeOf(enterpriseId);
  return seenAs(c, who, scope, await findEnterpriseFor(c.env.deps.db, scope, who.user_id));
}

/** What this person may see of what was found: all of it, or nothing. */
export function seenAs(c: Ctx, who: Principal, scope: Scope, seen: Seen | null): SeenAs | null {
  const as = accessTo({ host: c.var.host.realm, realm: who.realm }, seen);
  if (!as || !seen) return null;
  return { scope, enterprise: seen.enterprise, as, role: as === "member" ? seen.role : null };
}

/** Why somebody sees nothing of an enterprise: at its own address it is closed, or there is none for them. */
export function whyUnseen(c: Ctx, enterpriseId: string): "APP_UNPUBLISHED" | "NOT_FOUND" {
  const { app } = c.var.host;
  return app?.enterpriseId === enterpriseId && app.status === "unpublished" ? "APP_UNPUBLISHED" : "NOT_FOUND";
}

/** Errors: NOT_FOUND, the same for another's and for none; APP_UNPUBLISHED. */
export async function seeEnterprise(c: Ctx, enterpriseId: string): Promise<SeenAs> {
  const seen = await lookAtEnterprise(c, c.var.principal, enterpriseId);
  if (seen === null) throw appError(whyUnseen(c, enterpriseId));
  return seen;
}

/** For what only some of those who run the enterprise may do. Errors: NOT_FOUND; FORBIDDEN for everybody else of it. */
export async function seeAs(c: Ctx, enterpriseId: string, action: Action): Promise<SeenAs> {
  const seen = await seeEnterprise(c, enterpriseId);
  if (!may(seen.role, action)) throw appError("FORBIDDEN");
  return seen;
}

/** For what only creators may do, on the foundry's address. */
export function refuseEndUsers(c: Ctx): void {
  if (c.var.host.app !== null) throw appError("FORBIDDEN");
}
