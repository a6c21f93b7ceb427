import { AppError } from "#base/app-error";
import { type BuildState, publicBuild } from "#generator/build-state";
import { heldBack, noteOverRed, publishedOverRed, redOf } from "#generator/publish-over-red";
import type { Env } from "../env.ts";
import { buildDeps } from "./build-deps.ts";
import { type BuildAnswer, refuse } from "./builds.ts";
import { take } from "./drive-build.ts";
import { isMeant } from "./is-meant.ts";
import { emit, type Room } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";

/**
 * Makes a build live whose conversations did not pass, as an owner wants it; the gateway has seen that they may.
 * Errors: NOT_FOUND, CONFLICT (it did not stop there, or someone published meanwhile), INVALID_WORKFLOW (its parts
 * don't fit together: nobody publishes that).
 */
export async function publishOverRed(
  room: Room,
  env: Env,
  open: SessionOpen,
  buildId: string,
  reason: string,
): Promise<BuildAnswer> {
  const run = room.store.run<BuildState>(buildId);
  if (!run || !isMeant(room, open)) return refuse("NOT_FOUND");
  const build = run.state;
  const files = heldBack(build);
  if (!files) return refuse("CONFLICT", { status: build.status });
  const deps = buildDeps(env, open, build, new AbortController().signal);
  const issues = deps.check(files);
  if (issues.length > 0) return refuse("INVALID_WORKFLOW", { issues });
  try {
    const { version, url } = await deps.publish(files, noteOverRed(redOf(build), reason));
    emit(room, "chat.run_start", { workflow: "generator", chat_id: build.chat_id, run_id: buildId });
    build.url = url;
    for (const event of publishedOverRed(build, version, { user_id: open.user_id, reason }))
      take(event, room, build);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    return refuse(cause.code, cause.details);
  }
  return { ok: true, build: publicBuild(build) };
}
