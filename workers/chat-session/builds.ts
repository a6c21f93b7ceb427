import { type BuildState, publicBuild } from "#generator/build-state";
import { planHash } from "#generator/plan-hash";
import { cancel } from "#generator/run-build";
import { approveBuild as approval, type Build } from "#protocol/api/build";
import type { ErrorCode } from "#protocol/errors";
import { take } from "./drive-build.ts";
import type { Driver } from "./driver.ts";
import type { Room } from "./room.ts";

export type BuildAnswer =
  | { ok: true; build: Build }
  | { ok: false; code: ErrorCode; details: Record<string, unknown> };

export function findBuild(room: Room, buildId: string): Build | null {
  const run = room.store.run<BuildState>(buildId);
  return run ? publicBuild(run.state) : null;
}

/**
 * A yes or no to a plan. `plan_hash` must be the hash of the plan as it was shown; `plan` may be an edited one.
 * Errors: NOT_FOUND, CONFLICT (not waiting for a plan), PLAN_CHANGED, BAD_REQUEST (the edited plan is not one).
 */
export async function approvePlan(
  room: Room,
  userId: string,
  buildId: string,
  answer: { approved?: unknown; plan_hash?: unknown; plan?: unknown },
): Promise<BuildAnswer> {
  const run = room.store.run<BuildState>(buildId);
  if (!run) return refuse("NOT_FOUND");
  const build = run.state;
  if (build.status !== "planned" || !build.tool_call_id) return refuse("CONFLICT", { status: build.status });
  if (answer.approved === false) {
    room.store.answer(build.tool_call_id, userId, { approved: false });
    for (const event of cancel(build)) take(event, room, build, room.newId);
    return { ok: true, build: publicBuild(build) };
  }
  if (answer.plan_hash !== build.plan_hash) return refuse("PLAN_CHANGED", { plan_hash: build.plan_hash });
  if (answer.plan !== undefined) {
    const edited = approval.shape.plan.safeParse(answer.plan);
    if (!edited.success || !edited.data)
      return refuse("BAD_REQUEST", {
        issues: edited.error?.issues.map(({ path, message }) => ({
          path: ["plan", ...path].join("."),
          message,
        })),
      });
    build.plan = edited.data;
    build.plan_hash = await planHash(edited.data);
    // The hash took its time: someone else may have answered meanwhile.
    if (room.store.run(buildId)?.status !== "paused") return refuse("CONFLICT");
  }
  room.store.answer(build.tool_call_id, userId, { approved: true, plan_hash: build.plan_hash });
  build.approve = "auto";
  build.status = "building";
  room.store.saveRun(buildId, "running", build);
  return { ok: true, build: publicBuild(build) };
}

/** Stops a build that is not at its end. Errors: NOT_FOUND, CONFLICT (it has ended). */
export function cancelBuild(room: Room, driver: Driver, buildId: string): BuildAnswer {
  const run = room.store.run<BuildState>(buildId);
  if (!run) return refuse("NOT_FOUND");
  if (run.status === "paused")
    for (const event of cancel(run.state)) take(event, room, run.state, room.newId);
  else if (run.status !== "running" || !driver.cancel(buildId))
    return refuse("CONFLICT", { status: run.state.status });
  return { ok: true, build: publicBuild(run.state) };
}

export function refuse(code: ErrorCode, details: Record<string, unknown> = {}): BuildAnswer {
  return { ok: false, code, details };
}
