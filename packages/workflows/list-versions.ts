import { and, desc, eq, lt } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { appVersion } from "./tables.ts";

export type VersionRow = typeof appVersion.$inferSelect;

/** Versions of an app, newest first, from below `before`. */
export async function listVersions(
  db: Db,
  scope: Scope,
  { before, limit }: { before: number | null; limit: number },
): Promise<VersionRow[]> {
  return db
    .select()
    .from(appVersion)
    .where(
      and(
        eq(appVersion.enterpriseId, scope.enterprise_id),
        before === null ? undefined : lt(appVersion.version, before),
      ),
    )
    .orderBy(desc(appVersion.version))
    .limit(limit);
}

/** A version's row; null when there is none: its files may be there all the same, if its save was cut. */
export async function findVersion(db: Db, scope: Scope, version: number): Promise<VersionRow | null> {
  const [row] = await listVersions(db, scope, { before: version + 1, limit: 1 });
  return row?.version === version ? row : null;
}
