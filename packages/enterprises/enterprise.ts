import { eq } from "drizzle-orm";
import type { Db } from "./db.ts";
import type { Scope } from "./scope.ts";
import { type EnterpriseRow, enterprise } from "./tables.ts";

/** The enterprise of a scope, or null. */
export async function findEnterprise(db: Db, scope: Scope): Promise<EnterpriseRow | null> {
  const [row] = await db
    .select()
    .from(enterprise)
    .where(eq(enterprise.enterpriseId, scope.enterprise_id))
    .limit(1);
  return row ?? null;
}
