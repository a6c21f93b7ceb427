import { eq, max } from "drizzle-orm";
import { appError } from "#base/app-error";
import type { Clock } from "#base/clock";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import type { AppFiles } from "#protocol/app-file/app-files";
import { fileKey } from "./file-key.ts";
import type { FileStore } from "./file-store.ts";
import { printApp } from "./print-app.ts";
import { appVersion, workflow } from "./tables.ts";

export type SaveDeps = { db: Db; files: FileStore; clock: Clock };
export type NewVersion = {
  app: AppFiles;
  /** Why there is a new version, for its list. */
  note: string;
  createdBy: string;
  /** The build it comes from, if any. */
  buildId?: string | undefined;
  /** The version it was made of, if any. */
  baseVersion?: number | null | undefined;
};

/** Racers for a number each move on to the next; more of them at once than this is not a person's doing. */
const MAX_ATTEMPTS = 40;

/**
 * Keeps an app as its next version and answers the number, from 1. Files first, index rows last: a version that has
 * rows is whole. `app.yaml` is created only if absent, which is what makes a number belong to one saver.
 */
export async function saveVersion(deps: SaveDeps, scope: Scope, it: NewVersion): Promise<number> {
  const files = Object.entries(printApp(it.app)).sort(([a], [b]) => a.localeCompare(b));
  const first = files.find(([path]) => path === "app.yaml");
  if (!first) throw new Error("an app has no app.yaml");
  const version = await claimNumber(deps, scope, first[1]);
  await Promise.all(
    files
      .filter((file) => file !== first)
      .map(([path, text]) => deps.files.create(fileKey(scope, version, path), text)),
  );
  await deps.db.batch([
    deps.db.insert(appVersion).values({
      enterpriseId: scope.enterprise_id,
      version,
      note: it.note,
      createdBy: it.createdBy,
      createdAt: deps.clock.now(),
      buildId: it.buildId ?? null,
      baseVersion: it.baseVersion ?? null,
      roles: it.app.app.roles ?? [],
    }),
    ...indexRows(scope, version, it.app).map((row) => deps.db.insert(workflow).values(row)),
  ]);
  return version;
}

async function claimNumber(deps: SaveDeps, scope: Scope, appYaml: string): Promise<number> {
  const [row] = await deps.db
    .select({ last: max(appVersion.version) })
    .from(appVersion)
    .where(eq(appVersion.enterpriseId, scope.enterprise_id));
  const next = (row?.last ?? 0) + 1;
  for (let version = next; version < next + MAX_ATTEMPTS; version += 1) {
    if (await deps.files.create(fileKey(scope, version, "app.yaml"), appYaml)) return version;
  }
  throw appError("UNAVAILABLE");
}

function indexRows(scope: Scope, version: number, app: AppFiles): (typeof workflow.$inferInsert)[] {
  return Object.values(app.workflows).map((it) => ({
    enterpriseId: scope.enterprise_id,
    version,
    name: it.name,
    title: it.title,
    description: it.description,
    entry: it.entry,
    entryAgent: it.entry_agent,
    welcome: it.ui?.welcome ?? null,
    suggestions: it.ui?.suggestions ?? [],
    agents: Object.keys(it.agents),
    tools: Object.keys(it.tools),
    roles: it.roles ?? [],
  }));
}
