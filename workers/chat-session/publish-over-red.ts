import { AppError } from "#base/app-error";
import { findEnterprise } from "#enterprises/enterprise";
import { scopeOf } from "#enterprises/scope";
import { type BuildState, publicBuild } from "#generator/build-state";
import { heldBack, noteOverRed, publishedOverRed, redOf } from "#generator/publish-over-red";
import { checkApp } from "#workflows/check-app";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { publishApp } from "../publish/publish-app.ts";
import { type BuildAnswer, refuse } from "./builds.ts";
import { take } from "./drive-build.ts";
import { emit, type Room } from "./room.ts";

/**
 * Makes a build live whose conversations did not pass, as an owner wants it; the gateway has seen that they may.
 * Errors: NOT_FOUND, CONFLICT (it did not stop there, or someone published meanwhile), INVALID_WORKFLOW (its parts
 * don't fit together: nobody publishes that).
 */
export async function publishOverRed(
  room: Room,
  env: Env,
  by: { user_id: string; reason: string },
  buildId: string,
): Promise<BuildAnswer> {
  const run = room.store.run<BuildState>(buildId);
  if (!run) return refuse("NOT_FOUND");
  const build = run.state;
  const files = heldBack(build);
  if (!files) return refuse("CONFLICT", { status: build.status });
  const { db, knowsProvider } = compose(env);
  const issues = checkApp(files, { knowsProvider });
  if (issues.length > 0) return refuse("INVALID_WORKFLOW", { issues });
  const scope = scopeOf(build.enterprise_id);
  const enterprise = await findEnterprise(db, scope);
  if (!enterprise) return refuse("NOT_FOUND");
  const note = noteOverRed(redOf(build), by.reason);
  try {
    const version = await publishApp(env, scope, by.user_id, files, note, enterprise.liveVersion);
    emit(room, "chat.run_start", { workflow: "generator", chat_id: build.chat_id, run_id: buildId });
    for (const event of publishedOverRed(build, version, by)) take(event, room, build, room.newId);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    return refuse(cause.code, cause.details);
  }
  return { ok: true, build: publicBuild(build) };
}
