import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import { enterprise, membership } from "#enterprises/tables";

/** The apps that would have no owner without this person. */
export function ownedAlone(db: Db, userId: string): Promise<{ enterprise_id: string; name: string }[]> {
  const owned = db
    .select({ id: membership.enterpriseId })
    .from(membership)
    .where(and(eq(membership.userId, userId), eq(membership.role, "owner")));
  const others = sql`NOT EXISTS (SELECT 1 FROM membership AS other WHERE other.enterprise_id = ${enterprise.enterpriseId}
    AND other.role = 'owner' AND other.user_id <> ${userId})`;
  return db
    .select({ enterprise_id: enterprise.enterpriseId, name: enterprise.name })
    .from(enterprise)
    .where(and(inArray(enterprise.enterpriseId, owned), others));
}

/** Ends a membership without a look at who is left: only after `ownedAlone` has named none. */
export async function endMembership(db: Db, enterpriseId: string, userId: string): Promise<void> {
  await db
    .delete(membership)
    .where(and(eq(membership.enterpriseId, enterpriseId), eq(membership.userId, userId)));
}
