import { and, eq } from "drizzle-orm";
import type { Branding } from "#protocol/app-file/branding";
import type { Db } from "./db.ts";
import type { Scope } from "./scope.ts";
import { enterprise } from "./tables.ts";

/** Gives an enterprise the look and description of what it publishes, where its people have not chosen their own. */
export async function adoptLook(
  db: Db,
  scope: Scope,
  look: { description: string; branding: Branding },
): Promise<void> {
  const own = eq(enterprise.enterpriseId, scope.enterprise_id);
  await db.batch([
    db
      .update(enterprise)
      .set({ branding: look.branding })
      .where(and(own, eq(enterprise.branding, {}))),
    db
      .update(enterprise)
      .set({ description: look.description })
      .where(and(own, eq(enterprise.description, ""))),
  ]);
}
