import { and, eq, ne, or } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { EVERYBODY, WAYS_IN } from "./erasures.ts";
import { erasure, idempotencyKey, user, verification } from "./tables.ts";

/** Everybody of one app: its end users, their sessions and credentials, and the answers kept about it for anyone. */
export async function deleteRealm(db: Db, scope: Scope): Promise<void> {
  const realm = scope.enterprise_id;
  await db.batch([
    db.delete(verification).where(eq(verification.realm, realm)),
    db
      .delete(idempotencyKey)
      .where(or(eq(idempotencyKey.realm, realm), eq(idempotencyKey.enterpriseId, realm))),
    // But for the app's own, by which all of this is done again.
    db.delete(erasure).where(and(eq(erasure.realm, realm), ne(erasure.userId, EVERYBODY))),
    ...WAYS_IN.map((table) => db.delete(table).where(eq(table.realm, realm))),
    db.delete(user).where(eq(user.realm, realm)),
  ]);
}
