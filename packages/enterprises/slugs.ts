import { and, count, eq, ne, sql } from "drizzle-orm";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import type { Db } from "./db.ts";
import type { Scope } from "./scope.ts";
import { type EnterpriseRow, enterprise, oldSlug } from "./tables.ts";

/** The enterprise that has, or (`moved`) had, a slug. */
export async function findEnterpriseBySlug(
  db: Db,
  slug: string,
): Promise<{ enterprise: EnterpriseRow; moved: boolean } | null> {
  const [now] = await db.select().from(enterprise).where(eq(enterprise.slug, slug)).limit(1);
  if (now) return { enterprise: now, moved: false };
  const [before] = await db
    .select({ enterprise })
    .from(oldSlug)
    .innerJoin(enterprise, eq(enterprise.enterpriseId, oldSlug.enterpriseId))
    .where(eq(oldSlug.slug, slug))
    .limit(1);
  return before ? { enterprise: before.enterprise, moved: true } : null;
}

/** Whether a slug is, or was, that of another enterprise (null: of any). One statement, as a slug may just be moving. */
export async function slugTaken(db: Db, slug: string, except: Scope | null): Promise<boolean> {
  const id = except?.enterprise_id ?? "";
  const rows = await db
    .select({ slug: enterprise.slug })
    .from(enterprise)
    .where(and(eq(enterprise.slug, slug), ne(enterprise.enterpriseId, id)))
    .unionAll(
      db
        .select({ slug: oldSlug.slug })
        .from(oldSlug)
        .where(and(eq(oldSlug.slug, slug), ne(oldSlug.enterpriseId, id))),
    );
  return rows.length > 0;
}

/** The statements that keep what an enterprise is called so far, as it moves to another slug: they go before the change. */
export function keepOldSlug(db: Db, scope: Scope, to: string) {
  const own = and(eq(enterprise.enterpriseId, scope.enterprise_id), ne(enterprise.slug, to));
  return [
    db
      .insert(oldSlug)
      .select(
        db
          .select({ slug: enterprise.slug, enterpriseId: enterprise.enterpriseId })
          .from(enterprise)
          .where(own),
      )
      .onConflictDoUpdate({ target: oldSlug.slug, set: { enterpriseId: sql`excluded.enterprise_id` } }),
    db.delete(oldSlug).where(and(eq(oldSlug.slug, to), eq(oldSlug.enterpriseId, scope.enterprise_id))),
  ] as const;
}

/** Error: FORBIDDEN, for one who would hold too many names by moving on and on. */
export async function refuseIfMovedTooOften(db: Db, scope: Scope, to: string): Promise<void> {
  const [row] = await db
    .select({ n: count() })
    .from(oldSlug)
    .where(and(eq(oldSlug.enterpriseId, scope.enterprise_id), ne(oldSlug.slug, to)));
  const max = LIMITS.oldSlugsPerApp;
  if ((row?.n ?? 0) >= max)
    throw appError(
      "FORBIDDEN",
      { max_old_slugs: max },
      `An app may move ${max} times. It may go back to a name it had.`,
    );
}
