import { and, eq, inArray, sql } from "drizzle-orm";
import { appError } from "#base/app-error";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { membership } from "#enterprises/tables";

/**
 * Makes an admin the owner, and who was it an admin, in one statement: it finds both as they must be, or changes nothing.
 * Error: CONFLICT.
 */
export async function transferOwnership(
  db: Db,
  scope: Scope,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const is = (userId: string, role: string) => sql`EXISTS (SELECT 1 FROM membership AS it
    WHERE it.enterprise_id = ${scope.enterprise_id} AND it.user_id = ${userId} AND it.role = ${role})`;
  const changed = await db
    .update(membership)
    .set({ role: sql`CASE WHEN ${membership.userId} = ${to} THEN 'owner' ELSE 'admin' END` })
    .where(
      and(
        eq(membership.enterpriseId, scope.enterprise_id),
        inArray(membership.userId, [from, to]),
        is(from, "owner"),
        is(to, "admin"),
      ),
    )
    .returning({ userId: membership.userId });
  if (changed.length !== 2)
    throw appError("CONFLICT", {}, "An app is handed over by an owner, to somebody who is an admin of it.");
}
