import { and, asc, eq, sql } from "drizzle-orm";
import { user } from "#auth/tables";
import { appError } from "#base/app-error";
import type { Db } from "#enterprises/db";
import type { Role } from "#enterprises/may";
import type { Scope } from "#enterprises/scope";
import { membership } from "#enterprises/tables";

export type Member = { userId: string; email: string; name: string; role: Role; createdAt: number };

const SHOWN = {
  userId: membership.userId,
  email: user.email,
  name: user.name,
  role: membership.role,
  createdAt: membership.createdAt,
};

/** Who runs an enterprise, in the order in which they came. */
export async function listMembers(db: Db, scope: Scope): Promise<Member[]> {
  return db
    .select(SHOWN)
    .from(membership)
    .innerJoin(user, eq(user.id, membership.userId))
    .where(eq(membership.enterpriseId, scope.enterprise_id))
    .orderBy(asc(membership.createdAt), asc(membership.userId));
}

export async function findMember(db: Db, scope: Scope, userId: string): Promise<Member | null> {
  const [row] = await db
    .select(SHOWN)
    .from(membership)
    .innerJoin(user, eq(user.id, membership.userId))
    .where(isMember(scope, userId));
  return row ?? null;
}

/**
 * Gives somebody another role. Whether an owner is left is part of the same statement, so that two who leave at once
 * can't leave nobody. `from`: the role the caller was allowed to change. Error: CONFLICT.
 */
export async function changeRole(
  db: Db,
  scope: Scope,
  it: { userId: string; from: Role; to: Role },
): Promise<void> {
  const leaves = it.from === "owner" && it.to !== "owner";
  const changed = await db
    .update(membership)
    .set({ role: it.to })
    .where(
      and(
        isMember(scope, it.userId),
        eq(membership.role, it.from),
        leaves ? othersOwn(scope, it.userId) : undefined,
      ),
    )
    .returning({ userId: membership.userId });
  if (changed.length === 0) throw lastOwner();
}

/** As `changeRole`. Error: CONFLICT. */
export async function removeMember(db: Db, scope: Scope, it: { userId: string; from: Role }): Promise<void> {
  const gone = await db
    .delete(membership)
    .where(
      and(
        isMember(scope, it.userId),
        eq(membership.role, it.from),
        it.from === "owner" ? othersOwn(scope, it.userId) : undefined,
      ),
    )
    .returning({ userId: membership.userId });
  if (gone.length === 0) throw lastOwner();
}

function isMember(scope: Scope, userId: string) {
  return and(eq(membership.enterpriseId, scope.enterprise_id), eq(membership.userId, userId));
}

function othersOwn(scope: Scope, userId: string) {
  return sql`EXISTS (SELECT 1 FROM membership AS other WHERE other.enterprise_id = ${scope.enterprise_id}
    AND other.role = 'owner' AND other.user_id <> ${userId})`;
}

function lastOwner() {
  return appError("CONFLICT", {}, "An app needs an owner, or this member has changed meanwhile.");
}
