import { and, count, eq } from "drizzle-orm";
import type { Db } from "./db.ts";
import { enterprise, membership } from "./tables.ts";

/** How many enterprises a person made and still runs. */
export async function countEnterprisesMadeBy(db: Db, userId: string): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(membership)
    .innerJoin(enterprise, eq(enterprise.enterpriseId, membership.enterpriseId))
    .where(and(eq(membership.userId, userId), eq(enterprise.createdBy, userId)));
  return row?.n ?? 0;
}

/** The enterprises that a person made and still runs. */
export async function listEnterprisesMadeBy(db: Db, userId: string): Promise<string[]> {
  const rows = await db
    .select({ id: enterprise.enterpriseId })
    .from(membership)
    .innerJoin(enterprise, eq(enterprise.enterpriseId, membership.enterpriseId))
    .where(and(eq(membership.userId, userId), eq(enterprise.createdBy, userId)));
  return rows.map(({ id }) => id);
}
