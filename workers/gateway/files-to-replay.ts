import { appError } from "#base/app-error";
import type { Scope } from "#enterprises/scope";
import { filesFrom } from "#generator/files-from";
import type { Build } from "#protocol/api/build";
import type { AppFiles } from "#protocol/app-file/app-files";
import { findBuild } from "#workflows/builds";
import { checkApp } from "#workflows/check-app";
import { loadForChats } from "#workflows/load-version";
import { chatSessionFor } from "../chat-session/chat-session-for.ts";
import type { Ctx } from "./call.ts";

/**
 * The files that a replay runs with: a version's, or those that a build makes of its plan as it stands now. Errors:
 * NOT_FOUND, CONFLICT (a build without a plan), INVALID_WORKFLOW (`details.issues`).
 */
export async function filesToReplay(
  c: Ctx,
  scope: Scope,
  of: { version: number | "draft" | null; build_id: string | null },
): Promise<AppFiles> {
  const { db, env, files, versions, knowsProvider } = c.env.deps;
  if (of.build_id === null) {
    if (typeof of.version !== "number") throw appError("NOT_FOUND", { version: of.version });
    return loadForChats(files, versions, scope, of.version);
  }
  const row = await findBuild(db, scope, of.build_id);
  if (row === null) throw appError("NOT_FOUND");
  const build = (await chatSessionFor(env, scope.enterprise_id, row.chatId).getBuild(
    row.buildId,
  )) as Build | null;
  if (!build?.plan) throw appError("CONFLICT", { status: build?.status ?? "building" });
  const { app, workflows } = filesFrom(build.plan);
  const issues = checkApp({ app, workflows, acceptance: {} }, { knowsProvider });
  if (issues.length > 0) throw appError("INVALID_WORKFLOW", { issues });
  return { app, workflows, acceptance: {} };
}
