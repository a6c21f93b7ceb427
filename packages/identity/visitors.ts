import { and, eq, lt, notExists } from "drizzle-orm";
import { findUser } from "#auth/find-user";
import type { Principal } from "#auth/principal";
import { user } from "#auth/tables";
import { appError } from "#base/app-error";
import type { NewId } from "#base/new-id";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { identity, usedToken, visitor } from "./tables.ts";

export type VisitorDeps = { db: Db; newId: NewId };

/**
 * The end user that a host site's visitor is: the same one for the same `externalId` for ever, made when they first
 * come. They have no password and an address of no domain, so no account of somebody else's ever becomes theirs.
 * A `name` that has changed is written. `now` in milliseconds.
 */
export async function findVisitor(
  { db, newId }: VisitorDeps,
  scope: Scope,
  it: { externalId: string; name?: string | undefined; now: number },
): Promise<Principal> {
  const realm = scope.enterprise_id;
  const known = await visitorOf(db, realm, it.externalId);
  const userId = known ?? (await addVisitor({ db, newId }, realm, it));
  const who = await findUser(db, realm, userId);
  if (who === null) throw appError("NOT_FOUND");
  if (it.name === undefined || it.name === who.name) return who;
  await db
    .update(user)
    .set({ name: it.name, updatedAt: new Date(it.now) })
    .where(and(eq(user.realm, realm), eq(user.id, userId)));
  return { ...who, name: it.name };
}

async function visitorOf(db: Db, realm: string, externalId: string): Promise<string | null> {
  const [row] = await db
    .select({ userId: visitor.userId })
    .from(visitor)
    .where(and(eq(visitor.realm, realm), eq(visitor.externalId, externalId)));
  return row?.userId ?? null;
}

/** Of many at once one wins, and all of them get its user. */
async function addVisitor(
  { db, newId }: VisitorDeps,
  realm: string,
  it: { externalId: string; name?: string | undefined; now: number },
): Promise<string> {
  const userId = newId("user");
  const { externalId, name = "Visitor", now } = it;
  const email = `${userId}@visitor.invalid`;
  const at = new Date(now);
  const won = db.select({ userId: visitor.userId }).from(visitor).where(eq(visitor.userId, userId));
  await db.batch([
    db.insert(user).values({ id: userId, realm, name, email, createdAt: at, updatedAt: at }),
    db.insert(visitor).values({ realm, externalId, userId, createdAt: now }).onConflictDoNothing(),
    db.delete(user).where(and(eq(user.realm, realm), eq(user.id, userId), notExists(won))),
  ]);
  return (await visitorOf(db, realm, externalId)) ?? userId;
}

/** Takes a token's `jti`: true for the first who comes with it. It is kept until the token has expired. */
export async function useOnce(
  db: Db,
  scope: Scope,
  it: { jti: string; expiresAt: number; now: number },
): Promise<boolean> {
  const of = eq(usedToken.enterpriseId, scope.enterprise_id);
  const [taken] = await db.batch([
    db
      .insert(usedToken)
      .values({ enterpriseId: scope.enterprise_id, jti: it.jti, expiresAt: it.expiresAt })
      .onConflictDoNothing()
      .returning({ jti: usedToken.jti }),
    db.delete(usedToken).where(and(of, lt(usedToken.expiresAt, it.now))),
  ]);
  return taken.length > 0;
}

/** With the enterprise. */
export async function deleteIdentity(db: Db, scope: Scope): Promise<void> {
  const id = scope.enterprise_id;
  await db.batch([
    db.delete(visitor).where(eq(visitor.realm, id)),
    db.delete(usedToken).where(eq(usedToken.enterpriseId, id)),
    db.delete(identity).where(eq(identity.enterpriseId, id)),
  ]);
}

/** Forgets which visitor of a host site this end user was. */
export async function forgetVisitor(db: Db, scope: Scope, userId: string): Promise<void> {
  await db.delete(visitor).where(and(eq(visitor.realm, scope.enterprise_id), eq(visitor.userId, userId)));
}
