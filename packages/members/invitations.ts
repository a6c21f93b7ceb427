import { and, asc, count, eq, gt, inArray, lte, sql } from "drizzle-orm";
import { FOUNDRY_REALM } from "#auth/realm";
import { user } from "#auth/tables";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import type { NewId } from "#base/new-id";
import { sha256Hex } from "#base/sha256-hex";
import type { Db } from "#enterprises/db";
import { mayChangeRole, ROLES, type Role } from "#enterprises/may";
import { type Scope, scopeOf } from "#enterprises/scope";
import { enterprise, invitation, membership } from "#enterprises/tables";

/** `invitedBy`: the address of who invites; null if they are gone. Times are milliseconds since the epoch. */
export type Invitation = {
  invitationId: string;
  email: string;
  role: Role;
  invitedBy: string | null;
  createdAt: number;
  expiresAt: number;
};

const SHOWN = {
  invitationId: invitation.invitationId,
  email: invitation.email,
  role: invitation.role,
  invitedBy: user.email,
  createdAt: invitation.createdAt,
  expiresAt: invitation.expiresAt,
};
const inviter = and(eq(user.id, invitation.invitedBy), eq(user.realm, FOUNDRY_REALM));
const of = (scope: Scope) => eq(invitation.enterpriseId, scope.enterprise_id);
const one = (scope: Scope, id: string) => and(of(scope), eq(invitation.invitationId, id));

/** Those that can still be accepted, in the order in which they were made. */
export function listInvitations(db: Db, scope: Scope, now: number): Promise<Invitation[]> {
  return db
    .select(SHOWN)
    .from(invitation)
    .leftJoin(user, inviter)
    .where(and(of(scope), gt(invitation.expiresAt, now)))
    .orderBy(asc(invitation.createdAt), asc(invitation.invitationId));
}

/** Error: NOT_FOUND. */
export async function findInvitation(db: Db, scope: Scope, id: string): Promise<Invitation> {
  const [row] = await db.select(SHOWN).from(invitation).leftJoin(user, inviter).where(one(scope, id));
  if (!row) throw appError("NOT_FOUND");
  return row;
}

type Made = { invitationId: string; token: string };

/**
 * Invites an address; whether anybody has an account with it is not told. `token` is for the mail alone. Errors: CONFLICT (a
 * member, or invited already), LIMIT_REACHED.
 */
export async function invite(
  { db, newId }: { db: Db; newId: NewId },
  scope: Scope,
  it: { email: string; role: Role; invitedBy: string; now: number },
): Promise<Made> {
  const email = it.email.toLowerCase();
  const { enterprise_id: enterpriseId } = scope;
  const theirs = and(eq(user.realm, FOUNDRY_REALM), eq(user.email, email));
  const [, members, [open]] = await db.batch([
    // What has expired makes room.
    db.delete(invitation).where(and(of(scope), lte(invitation.expiresAt, it.now))),
    db
      .select({ id: user.id })
      .from(membership)
      .innerJoin(user, and(eq(user.id, membership.userId), theirs))
      .where(eq(membership.enterpriseId, enterpriseId)),
    db.select({ n: count() }).from(invitation).where(of(scope)),
  ]);
  if (members.length > 0) throw appError("CONFLICT", {}, "This person is a member already.");
  if ((open?.n ?? 0) >= LIMITS.invitationsPerApp)
    throw appError(
      "LIMIT_REACHED",
      { max_invitations: LIMITS.invitationsPerApp },
      "Too many invitations are open.",
    );
  const made = { invitationId: newId("inv"), token: newToken(newId) };
  const added = await db
    .insert(invitation)
    .values({
      invitationId: made.invitationId,
      enterpriseId,
      email,
      role: it.role,
      tokenHash: await sha256Hex(made.token),
      invitedBy: it.invitedBy,
      createdAt: it.now,
      expiresAt: it.now + LIMITS.invitationTtlMs,
    })
    .onConflictDoNothing()
    .returning({ id: invitation.invitationId });
  if (added.length === 0) throw appError("CONFLICT", {}, "This address has been invited already.");
  return made;
}

/**
 * The same invitation by a new token, from now on; the one before is void. `by` is who invites from here on. Errors:
 * NOT_FOUND, RATE_LIMITED (within a minute).
 */
export async function renewInvitation(
  { db, newId }: { db: Db; newId: NewId },
  scope: Scope,
  it: { invitationId: string; by: string; now: number },
): Promise<Made> {
  const token = newToken(newId);
  const { now } = it;
  const changed = await db
    .update(invitation)
    .set({
      tokenHash: await sha256Hex(token),
      invitedBy: it.by,
      createdAt: now,
      expiresAt: now + LIMITS.invitationTtlMs,
    })
    .where(and(one(scope, it.invitationId), lte(invitation.createdAt, now - LIMITS.invitationResendMs)))
    .returning({ id: invitation.invitationId });
  if (changed.length > 0) return { invitationId: it.invitationId, token };
  await findInvitation(db, scope, it.invitationId);
  throw appError("RATE_LIMITED", { retry_after_s: LIMITS.invitationResendMs / 1_000 });
}

/** Error: NOT_FOUND. */
export async function revokeInvitation(db: Db, scope: Scope, id: string): Promise<void> {
  const gone = await db.delete(invitation).where(one(scope, id)).returning({ id: invitation.invitationId });
  if (gone.length === 0) throw appError("NOT_FOUND");
}

export type Offered = Invitation & { scope: Scope; appName: string };

/** What a token invites to, while who invited still may. Error: NOT_FOUND, the same for all that can't be accepted. */
export async function findOffered(db: Db, token: string, now: number): Promise<Offered> {
  const [row] = await db
    .select({
      ...SHOWN,
      enterpriseId: enterprise.enterpriseId,
      appName: enterprise.name,
      by: membership.role,
    })
    .from(invitation)
    .innerJoin(enterprise, eq(enterprise.enterpriseId, invitation.enterpriseId))
    .innerJoin(
      membership,
      and(eq(membership.enterpriseId, invitation.enterpriseId), eq(membership.userId, invitation.invitedBy)),
    )
    .leftJoin(user, inviter)
    .where(and(eq(invitation.tokenHash, await sha256Hex(token)), gt(invitation.expiresAt, now)));
  if (!row || !mayChangeRole(row.by, null, row.role)) throw appError("NOT_FOUND");
  const { enterpriseId, by: _, ...shown } = row;
  return { ...shown, scope: scopeOf(enterpriseId) };
}

/**
 * Makes who has proven the invited address a member, and the invitation void, in one transaction that looks once more
 * whether it is there and whether its maker may. Errors: FORBIDDEN (another address), ADDRESS_NOT_PROVEN, NOT_FOUND,
 * CONFLICT (a member already).
 */
export async function acceptInvitation(
  db: Db,
  { invitationId, scope, email, role }: Offered,
  it: { userId: string; now: number },
): Promise<void> {
  const [who] = await db
    .select({ email: user.email, proven: user.emailVerified })
    .from(user)
    .where(and(eq(user.realm, FOUNDRY_REALM), eq(user.id, it.userId)));
  if (who?.email.toLowerCase() !== email)
    throw appError("FORBIDDEN", { reason: "another_address" }, `This invitation is for ${email}.`);
  if (!who.proven) throw appError("ADDRESS_NOT_PROVEN");
  const may = ROLES.filter((by) => mayChangeRole(by, null, role));
  const known = await db
    .select({ userId: membership.userId })
    .from(membership)
    .where(and(eq(membership.enterpriseId, scope.enterprise_id), eq(membership.userId, it.userId)));
  if (known.length > 0) throw appError("CONFLICT", {}, "You are a member already.");
  const allowed = db
    .select({
      enterpriseId: invitation.enterpriseId,
      userId: sql<string>`${it.userId}`.as("user_id"),
      role: invitation.role,
      createdAt: sql<number>`${it.now}`.as("created_at"),
    })
    .from(invitation)
    .innerJoin(
      membership,
      and(
        eq(membership.enterpriseId, invitation.enterpriseId),
        eq(membership.userId, invitation.invitedBy),
        inArray(membership.role, may),
      ),
    )
    .where(and(one(scope, invitationId), gt(invitation.expiresAt, it.now)));
  const isIn = sql`EXISTS (SELECT 1 FROM membership AS own WHERE own.enterprise_id = ${scope.enterprise_id}
    AND own.user_id = ${it.userId})`;
  const [added] = await db.batch([
    db.insert(membership).select(allowed).onConflictDoNothing().returning({ role: membership.role }),
    db.delete(invitation).where(and(one(scope, invitationId), isIn)),
  ]);
  if (added.length === 0) throw appError("NOT_FOUND");
}

/** 260 random bits. */
function newToken(newId: NewId): string {
  return newId("").slice(1) + newId("").slice(1);
}
