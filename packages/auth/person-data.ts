import { and, eq, gt } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import { account, passkey, session, user } from "./tables.ts";

const SHOWN = {
  user_id: user.id,
  email: user.email,
  email_verified: user.emailVerified,
  name: user.name,
  guest: user.isAnonymous,
  created_at: user.createdAt,
};

/** What an account holds of a person, to be given to them: no token, no key, no hash. Null: there is none. */
export async function personData(db: Db, realm: string, userId: string) {
  const own = <T extends typeof account | typeof passkey | typeof session>(table: T) =>
    and(eq(table.realm, realm), eq(table.userId, userId));
  const [[who], providers, passkeys, sessions] = await db.batch([
    db
      .select({
        ...SHOWN,
        second_step: user.twoFactorEnabled,
      })
      .from(user)
      .where(and(eq(user.realm, realm), eq(user.id, userId))),
    db
      .select({ provider: account.providerId, account_id: account.accountId, created_at: account.createdAt })
      .from(account)
      .where(own(account)),
    db.select({ name: passkey.name, created_at: passkey.createdAt }).from(passkey).where(own(passkey)),
    db
      .select({
        created_at: session.createdAt,
        expires_at: session.expiresAt,
        ip_address: session.ipAddress,
        user_agent: session.userAgent,
      })
      .from(session)
      .where(own(session)),
  ]);
  return who ? { ...who, providers, passkeys, sessions } : null;
}

/** The people of a realm, by id, beyond `after`. */
export function peopleOf(db: Db, realm: string, page: { after: string; limit: number }) {
  return db
    .select(SHOWN)
    .from(user)
    .where(and(eq(user.realm, realm), gt(user.id, page.after)))
    .orderBy(user.id)
    .limit(page.limit);
}
