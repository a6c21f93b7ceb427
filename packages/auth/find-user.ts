import { and, eq, exists, gt, sql } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Principal } from "./principal.ts";
import { session, user } from "./tables.ts";

/** A person by id, in one realm; null if they are gone. */
export async function findUser(db: Db, realm: string, userId: string): Promise<Principal | null> {
  const [row] = await userQuery(db, realm, userId);
  return row ?? null;
}

/** A person's address, and whether they have shown that it is theirs. */
export async function findProof(
  db: Db,
  realm: string,
  userId: string,
): Promise<{ email: string; emailVerified: boolean } | null> {
  const { email, emailVerified } = user;
  const [row] = await db.select({ email, emailVerified }).from(user).where(isUser(realm, userId)).limit(1);
  return row ?? null;
}

/** The same, to be asked with others in one round trip. */
export function userQuery(db: Db, realm: string, userId: string) {
  return db.select(SHOWN).from(user).where(isUser(realm, userId)).limit(1);
}

/** The person of a session; null if it has ended or expired. `now` in milliseconds. */
export async function findUserOfSession(
  db: Db,
  realm: string,
  it: { userId: string; sessionId: string; now: number },
): Promise<Principal | null> {
  const [row] = await userOfSessionQuery(db, realm, it);
  return row ? { ...row, session_id: it.sessionId } : null;
}

/** The same, to be asked with others in one round trip. */
export function userOfSessionQuery(
  db: Db,
  realm: string,
  { userId, sessionId, now }: { userId: string; sessionId: string; now: number },
) {
  const open = db
    .select({ one: sql`1` })
    .from(session)
    .where(and(eq(session.id, sessionId), eq(session.userId, user.id), gt(session.expiresAt, new Date(now))));
  return db
    .select(SHOWN)
    .from(user)
    .where(and(isUser(realm, userId), exists(open)))
    .limit(1);
}

const SHOWN = { user_id: user.id, email: user.email, name: user.name, realm: user.realm };

function isUser(realm: string, userId: string) {
  return and(eq(user.realm, realm), eq(user.id, userId));
}
