import { appError } from "#base/app-error";
import { adoptLook, followLook } from "#enterprises/adopt-look";
import { findEnterprise } from "#enterprises/enterprise";
import type { Scope } from "#enterprises/scope";
import { endDraft, setDraftVersion } from "#enterprises/set-live-version";
import type { AppFile } from "#protocol/app-file/app";
import type { AppFiles } from "#protocol/app-file/app-files";
import { searchedTables } from "#tables/searched-by";
import { findVersionOfBuild } from "#workflows/builds";
import { publishVersion } from "#workflows/publish-version";
import { saveVersion } from "#workflows/save-version";
import { tablesFor } from "../app-data/tables-for.ts";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { knowledgeFor } from "../knowledge/knowledge-for.ts";
import { refreshTriggers } from "../triggers/triggers-for.ts";

/**
 * Why there is a new version. With `buildId`, of one build: there is one version of it, however often it is published.
 * `base`: the version it was made of, whose name and look it changes. Not `opens`: an unpublished app stays closed.
 */
export type Origin = {
  note: string;
  buildId?: string;
  base?: { version: number; app: AppFile };
  opens?: boolean;
};

/**
 * Makes an app live as its next version and answers the number: files and index, then its tables, sample
 * rows and knowledge, then the pointer, last. What fails before leaves the old version live. `expected`: only if that version
 * is still the live one (null: none). Errors: CONFLICT (someone else published, or a column changed its type).
 */
export async function publishApp(
  env: Env,
  scope: Scope,
  userId: string,
  app: AppFiles,
  origin: Origin,
  expected?: number | null,
): Promise<number> {
  const { db, clock } = compose(env);
  const { buildId, base } = origin;
  const made = buildId === undefined ? null : await findVersionOfBuild(db, scope, buildId);
  // It was live already: another one may be by now, and stays.
  if (made?.published) return made.version;
  const live = (await findEnterprise(db, scope))?.liveVersion ?? null;
  // Before anything is written; again with the pointer.
  if (expected !== undefined && live !== expected) throw meanwhile();
  const version = made?.version ?? (await save(env, scope, userId, app, origin, live));
  await tablesFor(env, scope.enterprise_id).prepare(searchedTables(app), userId);
  await knowledgeFor(env, scope.enterprise_id).putApp(app.knowledge ?? {});
  if (!(await publishVersion(db, scope, version, clock.now(), expected, origin.opens))) throw meanwhile();
  if (base) await followLook(db, scope, base.app, app.app);
  await adoptLook(db, scope, app.app);
  await endDraft(db, scope, [version, ...(base ? [base.version] : [])]);
  await refreshTriggers(env, scope);
  return version;
}

/** Keeps an app as its next version and points the draft at it: nothing that is live changes. Once for each build. */
export async function keepDraft(
  env: Env,
  scope: Scope,
  userId: string,
  app: AppFiles,
  origin: Origin,
): Promise<number> {
  const { db } = compose(env);
  const { buildId } = origin;
  const made = buildId === undefined ? null : await findVersionOfBuild(db, scope, buildId);
  const version = made?.version ?? (await save(env, scope, userId, app, origin, null));
  await setDraftVersion(db, scope, version);
  return version;
}

function save(
  env: Env,
  scope: Scope,
  userId: string,
  app: AppFiles,
  { note, buildId, base }: Origin,
  live: number | null,
) {
  const { db, files, clock } = compose(env);
  const baseVersion = base?.version ?? live;
  return saveVersion({ db, files, clock }, scope, { app, note, createdBy: userId, buildId, baseVersion });
}

function meanwhile() {
  return appError("CONFLICT", undefined, "Someone else published this app in the meantime. Try again.");
}
