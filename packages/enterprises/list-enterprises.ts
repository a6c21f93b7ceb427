import { and, desc, eq, lt, or } from "drizzle-orm";
import type { Db } from "./db.ts";
import type { Role } from "./may.ts";
import { type EnterpriseRow, enterprise, membership } from "./tables.ts";

export type Page = { before: { at: number; id: string } | null; limit: number };

/** What one person runs, newest first: at most `limit`, beyond the given place. */
export async function listEnterprisesOf(
  db: Db,
  userId: string,
  page: Page,
): Promise<{ enterprise: EnterpriseRow; role: Role }[]> {
  const beyond = page.before
    ? or(
        lt(enterprise.createdAt, page.before.at),
        and(eq(enterprise.createdAt, page.before.at), lt(enterprise.enterpriseId, page.before.id)),
      )
    : undefined;
  return db
    .select({ enterprise, role: membership.role })
    .from(membership)
    .innerJoin(enterprise, eq(enterprise.enterpriseId, membership.enterpriseId))
    .where(and(eq(membership.userId, userId), beyond))
    .orderBy(desc(enterprise.createdAt), desc(enterprise.enterpriseId))
    .limit(page.limit);
}

/** What a person is in each enterprise that they run. */
export function listRolesOf(db: Db, userId: string): Promise<{ enterpriseId: string; role: Role }[]> {
  const { enterpriseId, role } = membership;
  return db.select({ enterpriseId, role }).from(membership).where(eq(membership.userId, userId));
}
