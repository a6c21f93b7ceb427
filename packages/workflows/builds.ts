import { and, eq } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { type BuildRow, build } from "./tables.ts";

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
