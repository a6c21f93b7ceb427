import { eq } from "drizzle-orm";
import type { Db } from "./db.ts";
import type { Scope } from "./scope.ts";
import { endUser, enterprise, invitation, invitedAddress, membership, oldSlug } from "./tables.ts";

/** The enterprise and who runs it. Last, once everything of it is gone: until then it can be tried again. */
export async function deleteEnterprise(db: Db, scope: Scope): Promise<void> {
  await db.batch([
    db.delete(membership).where(eq(membership.enterpriseId, scope.enterprise_id)),
    db.delete(invitation).where(eq(invitation.enterpriseId, scope.enterprise_id)),
    db.delete(endUser).where(eq(endUser.enterpriseId, scope.enterprise_id)),
    db.delete(invitedAddress).where(eq(invitedAddress.enterpriseId, scope.enterprise_id)),
    db.delete(oldSlug).where(eq(oldSlug.enterpriseId, scope.enterprise_id)),
    db.delete(enterprise).where(eq(enterprise.enterpriseId, scope.enterprise_id)),
  ]);
}
