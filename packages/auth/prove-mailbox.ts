import { and, eq, ne } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import { account, passkey, twoFactor, user } from "./tables.ts";

/** Ways in by a mail to an address that nobody had proven. better-auth drops passwords, providers and sessions there. */
export const PROOFS_BY_MAIL: ReadonlySet<string> = new Set(["/sign-in/email-otp", "/magic-link/verify"]);

/**
 * Somebody has shown that the mailbox of an account is theirs: what a stranger may have set up on it before goes, with
 * which they would get in, or keep its owner out. Passwords are the caller's to see to.
 */
export async function proveMailbox(db: Db, realm: string, userId: string): Promise<void> {
  const of = <T extends typeof account | typeof passkey | typeof twoFactor>(table: T) =>
    and(eq(table.realm, realm), eq(table.userId, userId));
  await db.batch([
    db.delete(passkey).where(of(passkey)),
    db.delete(twoFactor).where(of(twoFactor)),
    db.delete(account).where(and(of(account), ne(account.providerId, "credential"))),
    db
      .update(user)
      .set({ emailVerified: true, twoFactorEnabled: false })
      .where(and(eq(user.realm, realm), eq(user.id, userId))),
  ]);
}
