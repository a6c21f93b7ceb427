import { and, eq, like, lte, sql } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import { deleteEnterprise } from "#enterprises/delete-enterprise";
import type { Scope } from "#enterprises/scope";
import { invitation, invitedAddress } from "#enterprises/tables";
import type { EndedSession } from "./make-auth.ts";
import {
  account,
  erasure,
  idempotencyKey,
  passkey,
  session,
  twoFactor,
  user,
  verification,
} from "./tables.ts";

/** Whose data is to go: a person's, or with EVERYBODY all of an app. */
export type Erasure = { realm: string; userId: string };
export const EVERYBODY = "";

/** What people sign in with and are signed in by. */
export const WAYS_IN = [session, account, passkey, twoFactor] as const;

/** Until a process that began is believed to have ended. */
const LOOK_AGAIN_MS = 5 * 60_000;
/** Of an app once more after this: no request or stream that was let in before is still on its way. */
const LAST_LOOK_MS = 15 * 60_000;
const RETRY_MAX_MS = 6 * 3_600_000;

/**
 * Ends somebody's account, with what they sign in with and every session, in one transaction that also notes that the
 * rest of what they have is to go. @returns the sessions that ended; null where there is no such person
 */
export async function beginErasure(
  db: Db,
  { realm, userId }: Erasure,
  now: number,
): Promise<EndedSession[] | null> {
  const [who] = await db
    .select({ email: user.email })
    .from(user)
    .where(and(eq(user.realm, realm), eq(user.id, userId)));
  if (!who) return null;
  const own = (table: (typeof WAYS_IN)[number]) => and(eq(table.realm, realm), eq(table.userId, userId));
  const sessions = await db.select({ id: session.id }).from(session).where(own(session));
  await db.batch([
    db
      .insert(erasure)
      .values({ realm, userId, nextAt: now + LOOK_AGAIN_MS })
      .onConflictDoNothing(),
    ...WAYS_IN.map((table) => db.delete(table).where(own(table))),
    // Codes and links: some name the address, some the person.
    db.delete(verification).where(
      and(
        eq(verification.realm, realm),
        sql`(instr(lower(${verification.identifier}), ${who.email.toLowerCase()}) > 0
            OR instr(${verification.identifier}, ${userId}) > 0 OR instr(${verification.value}, ${userId}) > 0)`,
      ),
    ),
    db.delete(idempotencyKey).where(like(idempotencyKey.id, `${realm}:${userId}:%`)),
    db
      .delete(invitation)
      .where(and(eq(invitation.email, who.email.toLowerCase()), sql`${realm} = 'foundry'`)),
    db
      .delete(invitedAddress)
      .where(and(eq(invitedAddress.enterpriseId, realm), eq(invitedAddress.email, who.email.toLowerCase()))),
    db.delete(user).where(and(eq(user.realm, realm), eq(user.id, userId))),
  ]);
  return sessions.map(({ id }) => ({ session_id: id, user_id: userId }));
}

/** Ends an app (`deleteEnterprise`), in one transaction that also notes that the rest of what it has is to go. */
export async function beginAppErasure(db: Db, scope: Scope, now: number): Promise<void> {
  await db.batch([
    db
      .insert(erasure)
      .values({ realm: scope.enterprise_id, userId: EVERYBODY, nextAt: now + LAST_LOOK_MS })
      .onConflictDoNothing(),
    ...deleteEnterprise(db, scope),
  ]);
}

/** Those that nobody seems to be at, the longest waiting first. */
export function dueErasures(db: Db, now: number, limit: number): Promise<Erasure[]> {
  return db
    .select({ realm: erasure.realm, userId: erasure.userId })
    .from(erasure)
    .where(lte(erasure.nextAt, now))
    .orderBy(erasure.nextAt)
    .limit(limit);
}

/** It did not come to its end: again later, ever later. */
export async function postponeErasure(db: Db, it: Erasure, now: number): Promise<void> {
  await db
    .update(erasure)
    .set({
      tries: sql`${erasure.tries} + 1`,
      nextAt: sql`${now} + min(${RETRY_MAX_MS}, 60000 << min(${erasure.tries}, 10))`,
    })
    .where(isErasure(it));
}

export async function endErasure(db: Db, it: Erasure): Promise<void> {
  await db.delete(erasure).where(isErasure(it));
}

const isErasure = ({ realm, userId }: Erasure) => and(eq(erasure.realm, realm), eq(erasure.userId, userId));
