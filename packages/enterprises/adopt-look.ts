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

type Look = { name: string; description: string; branding: Branding };

/** Brings what an enterprise shows up to an edit: what it changed of name, description and look, and nothing else. */
export async function followLook(db: Db, scope: Scope, before: Look, after: Look): Promise<void> {
  const [row] = await db
    .select({ branding: enterprise.branding })
    .from(enterprise)
    .where(eq(enterprise.enterpriseId, scope.enterprise_id))
    .limit(1);
  const changed = Object.entries({ ...before.branding, ...after.branding })
    .map(([key]) => key as keyof Branding)
    .filter((key) => JSON.stringify(before.branding[key]) !== JSON.stringify(after.branding[key]));
  const branding = Object.fromEntries(
    Object.entries({ ...row?.branding, ...pick(after.branding, changed) }).filter(
      ([, it]) => it !== undefined,
    ),
  );
  const change = {
    ...(before.name === after.name ? {} : { name: after.name }),
    ...(before.description === after.description ? {} : { description: after.description }),
    ...(changed.length > 0 ? { branding } : {}),
  };
  if (Object.keys(change).length === 0) return;
  await db.update(enterprise).set(change).where(eq(enterprise.enterpriseId, scope.enterprise_id));
}

function pick(branding: Branding, keys: readonly (keyof Branding)[]): Branding {
  return Object.fromEntries(keys.map((key) => [key, branding[key]]));
}
