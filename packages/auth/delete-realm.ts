import { and, eq, ne, or } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { EVERYBODY } from "./erasures.ts";
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

/** Everybody of one app: its end users, their sessions and credentials, and the answers kept about it for anyone. */
export async function deleteRealm(db: Db, scope: Scope): Promise<void> {
  const realm = scope.enterprise_id;
  await db.batch([
    db.delete(session).where(eq(session.realm, realm)),
    db.delete(account).where(eq(account.realm, realm)),
    db.delete(twoFactor).where(eq(twoFactor.realm, realm)),
    db.delete(passkey).where(eq(passkey.realm, realm)),
    db.delete(verification).where(eq(verification.realm, realm)),
    db
      .delete(idempotencyKey)
      .where(or(eq(idempotencyKey.realm, realm), eq(idempotencyKey.enterpriseId, realm))),
    // But for the app's own, by which all of this is done again.
    db.delete(erasure).where(and(eq(erasure.realm, realm), ne(erasure.userId, EVERYBODY))),
    db.delete(user).where(eq(user.realm, realm)),
  ]);
}
