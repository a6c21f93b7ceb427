import { and, eq } from "drizzle-orm";
import type { Db } from "./db.ts";
import type { Scope } from "./scope.ts";
import { endUser } from "./tables.ts";

const isOf = (scope: Scope, userId: string) =>
  and(eq(endUser.enterpriseId, scope.enterprise_id), eq(endUser.userId, userId));

/** What an app's team has set of one of its end users: names of roles. */
export async function rolesGiven(db: Db, scope: Scope, userId: string): Promise<string[]> {
  const [row] = await db.select({ roles: endUser.roles }).from(endUser).where(isOf(scope, userId));
  return row?.roles ?? [];
}

export async function forgetEndUser(db: Db, scope: Scope, userId: string): Promise<void> {
  await db.delete(endUser).where(isOf(scope, userId));
}
