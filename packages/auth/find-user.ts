import { and, eq } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Principal } from "./principal.ts";
import { user } from "./tables.ts";

/** A person by id, in one realm; null if they are gone. */
export async function findUser(db: Db, realm: string, userId: string): Promise<Principal | null> {
  const [row] = await userQuery(db, realm, userId);
  return row ?? null;
}

/** The same, to be asked with others in one round trip. */
export function userQuery(db: Db, realm: string, userId: string) {
  return db
    .select({ user_id: user.id, email: user.email, name: user.name, realm: user.realm })
    .from(user)
    .where(and(eq(user.realm, realm), eq(user.id, userId)))
    .limit(1);
}
