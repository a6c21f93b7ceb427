import { and, desc, eq } from "drizzle-orm";
import { beyond, type Place } from "./beyond.ts";
import type { Db } from "./db.ts";
import type { Role } from "./may.ts";
import { type EnterpriseRow, enterprise, membership } from "./tables.ts";

export type Page = { before: Place | null; limit: number };

/** What one person runs, newest first: at most `limit`, beyond the given place. */
export async function listEnterprisesOf(
  db: Db,
  userId: string,
  page: Page,
): Promise<{ enterprise: EnterpriseRow; role: Role }[]> {
  return db
    .select({ enterprise, role: membership.role })
    .from(membership)
    .innerJoin(enterprise, eq(enterprise.enterpriseId, membership.enterpriseId))
    .where(
      and(eq(membership.userId, userId), beyond(enterprise.createdAt, enterprise.enterpriseId, page.before)),
    )
    .orderBy(desc(enterprise.createdAt), desc(enterprise.enterpriseId))
    .limit(page.limit);
}

/** What a person is in each enterprise that they run. */
export function listRolesOf(db: Db, userId: string): Promise<{ enterpriseId: string; role: Role }[]> {
  const { enterpriseId, role } = membership;
  return db.select({ enterpriseId, role }).from(membership).where(eq(membership.userId, userId));
}
