import { eq } from "drizzle-orm";
import type { Db } from "./db.ts";
import type { Scope } from "./scope.ts";
import { endUser, enterprise, invitation, invitedAddress, membership, oldSlug } from "./tables.ts";

/** The statements that end an enterprise: itself, its slugs, who runs it and who may come in. Nothing leads to it then. */
export function deleteEnterprise(db: Db, scope: Scope) {
  return [
    db.delete(membership).where(eq(membership.enterpriseId, scope.enterprise_id)),
    db.delete(invitation).where(eq(invitation.enterpriseId, scope.enterprise_id)),
    db.delete(endUser).where(eq(endUser.enterpriseId, scope.enterprise_id)),
    db.delete(invitedAddress).where(eq(invitedAddress.enterpriseId, scope.enterprise_id)),
    db.delete(oldSlug).where(eq(oldSlug.enterpriseId, scope.enterprise_id)),
    db.delete(enterprise).where(eq(enterprise.enterpriseId, scope.enterprise_id)),
  ] as const;
}
