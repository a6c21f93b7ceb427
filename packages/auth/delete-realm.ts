import { eq, or } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
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
    db.delete(erasure).where(eq(erasure.realm, realm)),
    db.delete(user).where(eq(user.realm, realm)),
  ]);
}
