import { and, eq } from "drizzle-orm";
import type { Db } from "./db.ts";
import type { Role } from "./may.ts";
import type { Scope } from "./scope.ts";
import { type EnterpriseRow, enterprise, membership } from "./tables.ts";

/** The enterprise of a scope, or null. */
export async function findEnterprise(db: Db, scope: Scope): Promise<EnterpriseRow | null> {
  const [row] = await db
    .select()
    .from(enterprise)
    .where(eq(enterprise.enterpriseId, scope.enterprise_id))
    .limit(1);
  return row ?? null;
}

/** Which enterprise a host name means: the one query that has no scope, because it makes one. */
export async function findEnterpriseBySlug(db: Db, slug: string): Promise<EnterpriseRow | null> {
  const [row] = await db.select().from(enterprise).where(eq(enterprise.slug, slug)).limit(1);
  return row ?? null;
}

export type Seen = { enterprise: EnterpriseRow; role: Role | null };

/** An enterprise and what one person of the foundry is in it, in one read. */
export async function findEnterpriseFor(db: Db, scope: Scope, userId: string): Promise<Seen | null> {
  const [row] = await enterpriseForQuery(db, scope, userId);
  return row ?? null;
}

/** The same, to be asked with others in one round trip. */
export function enterpriseForQuery(db: Db, scope: Scope, userId: string) {
  return db
    .select({ enterprise, role: membership.role })
    .from(enterprise)
    .leftJoin(
      membership,
      and(eq(membership.enterpriseId, enterprise.enterpriseId), eq(membership.userId, userId)),
    )
    .where(eq(enterprise.enterpriseId, scope.enterprise_id))
    .limit(1);
}
