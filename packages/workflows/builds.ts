import { and, desc, eq } from "drizzle-orm";
import { beyond, type Place } from "#enterprises/beyond";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { appVersion, type BuildRow, build, type EndedBuild } from "./tables.ts";

export type NewBuild = { buildId: string; chatId: string; prompt: string; createdBy: string; now: number };

/** Notes which chat carries a build. */
export async function addBuild(db: Db, scope: Scope, it: NewBuild): Promise<void> {
  const { now, ...row } = it;
  await db.insert(build).values({ ...row, enterpriseId: scope.enterprise_id, createdAt: now });
}

export async function findBuild(db: Db, scope: Scope, buildId: string): Promise<BuildRow | null> {
  const [row] = await db
    .select()
    .from(build)
    .where(and(eq(build.enterpriseId, scope.enterprise_id), eq(build.buildId, buildId)))
    .limit(1);
  return row ?? null;
}

/** A build that was refused leaves no trace. */
export async function removeBuild(db: Db, scope: Scope, buildId: string): Promise<void> {
  await db.delete(build).where(and(eq(build.enterpriseId, scope.enterprise_id), eq(build.buildId, buildId)));
}

/** Builds of an app, newest first, from after `before`. */
export async function listBuilds(
  db: Db,
  scope: Scope,
  { before, limit }: { before: Place | null; limit: number },
): Promise<BuildRow[]> {
  return db
    .select()
    .from(build)
    .where(and(eq(build.enterpriseId, scope.enterprise_id), beyond(build.createdAt, build.buildId, before)))
    .orderBy(desc(build.createdAt), desc(build.buildId))
    .limit(limit);
}

/** Notes how a build ended, so that its object need not be asked again. */
export async function noteEnded(
  db: Db,
  scope: Scope,
  it: { buildId: string; ended: EndedBuild; version: number | null },
): Promise<void> {
  await db
    .update(build)
    .set({ ended: it.ended, version: it.version })
    .where(and(eq(build.enterpriseId, scope.enterprise_id), eq(build.buildId, it.buildId)));
}

/** The version a build has made, and whether it was live at any time. */
export async function findVersionOfBuild(
  db: Db,
  scope: Scope,
  buildId: string,
): Promise<{ version: number; published: boolean } | null> {
  const [row] = await db
    .select({ version: appVersion.version, publishedAt: appVersion.publishedAt })
    .from(appVersion)
    .where(and(eq(appVersion.enterpriseId, scope.enterprise_id), eq(appVersion.buildId, buildId)))
    .limit(1);
  return row ? { version: row.version, published: row.publishedAt !== null } : null;
}
