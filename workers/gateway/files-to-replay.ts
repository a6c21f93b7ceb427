import { appError } from "#base/app-error";
import type { Scope } from "#enterprises/scope";
import { applyPatches, type Patch } from "#generator/edit/patch";
import { filesFrom } from "#generator/files-from";
import type { Build } from "#protocol/api/build";
import type { AppFiles } from "#protocol/app-file/app-files";
import { findBuild } from "#workflows/builds";
import { checkApp } from "#workflows/check-app";
import { findVersion } from "#workflows/list-versions";
import { loadForChats, loadVersion } from "#workflows/load-version";
import { chatSessionFor } from "../chat-session/chat-session-for.ts";
import type { Ctx } from "./call.ts";
import type { SeenAs } from "./see-enterprise.ts";

/** What a replay runs with: a version, the draft, or (`version` null) a build. */
type WhatToReplay = { version: number | "draft" | null; build_id: string | null };

/**
 * The files that a replay runs with, without what no chat needs: a version's, or those that a build makes of its plan
 * or its edit as they stand now. Errors: NOT_FOUND, CONFLICT (a build that has come to neither), INVALID_WORKFLOW
 * (`details.issues`).
 */
export async function filesToReplay(
  c: Ctx,
  { scope, enterprise }: SeenAs,
  { version, build_id }: WhatToReplay,
): Promise<AppFiles> {
  const { db, files, versions } = c.env.deps;
  if (build_id !== null) return filesOfBuild(c, scope, build_id);
  const number = version === "draft" ? enterprise.draftVersion : version;
  if (number === null || !(await findVersion(db, scope, number))) throw appError("NOT_FOUND", { version });
  return loadForChats(files, versions, scope, number);
}

async function filesOfBuild(c: Ctx, scope: Scope, buildId: string): Promise<AppFiles> {
  const { db, env, files, knowsProvider } = c.env.deps;
  const row = await findBuild(db, scope, buildId);
  if (row === null) throw appError("NOT_FOUND");
  const session = chatSessionFor(env, scope.enterprise_id, row.chatId);
  const build = (await session.getBuild(row.buildId)) as Build | null;
  const patches = await session.buildPatches(row.buildId);
  let made: AppFiles;
  if (build?.plan) made = filesFrom(build.plan);
  else if (build?.base_version && patches !== null)
    made = applyPatches(await loadVersion(files, scope, build.base_version), JSON.parse(patches) as Patch[]);
  else throw appError("CONFLICT", { status: build?.status ?? "building" });
  const issues = checkApp(made, { startable: Object.keys(made.workflows), knowsProvider });
  if (issues.length > 0) throw appError("INVALID_WORKFLOW", { issues });
  return { app: made.app, workflows: made.workflows, acceptance: {} };
}
