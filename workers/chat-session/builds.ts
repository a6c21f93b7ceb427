import { assertNever } from "#base/assert-never";
import { type BuildState, isPublishing, publicBuild } from "#generator/build-state";
import { checkAnswers } from "#generator/check-answers";
import { checkPlan } from "#generator/check-plan";
import { planHash } from "#generator/plan-hash";
import { cancel } from "#generator/run-build";
import type { Build } from "#protocol/api/build";
import type { Answers } from "#protocol/api/question";
import type { ErrorCode } from "#protocol/errors";
import type { Plans } from "./build-deps.ts";
import { closeCard, take } from "./drive-build.ts";
import type { Driver } from "./driver.ts";
import type { Room } from "./room.ts";

export type BuildAnswer =
  | { ok: true; build: Build }
  | { ok: false; code: ErrorCode; details: Record<string, unknown> };

export function patchesOf(room: Room, buildId: string): string | null {
  const patches = room.store.run<BuildState>(buildId)?.state.patches;
  return patches ? JSON.stringify(patches) : null;
}

export function findBuild(room: Room, buildId: string): Build | null {
  const run = room.store.run<BuildState>(buildId);
  return run ? publicBuild(run.state) : null;
}

export type BuildDecision =
  | { type: "answer"; answers: Answers }
  | { type: "approve"; plan_hash: string; plan?: unknown }
  | { type: "publish" }
  | { type: "cancel" };

/** What somebody decides about a build over HTTP; errors as of each below. */
export async function decideBuild(
  room: Room,
  driver: Driver,
  userId: string,
  buildId: string,
  decision: BuildDecision,
): Promise<BuildAnswer> {
  switch (decision.type) {
    case "answer":
      return answerQuestions(room, userId, buildId, decision.answers);
    case "approve":
      return approvePlan(room, userId, buildId, { ...decision, approved: true }, driver.plans);
    case "publish":
      return publishBuild(room, userId, buildId, true);
    case "cancel":
      return cancelBuild(room, driver, buildId);
    default:
      return assertNever(decision);
  }
}

/** Answers to a build's questions; `{}` skips them. Errors: NOT_FOUND, CONFLICT (none wait), BAD_REQUEST (`issues`). */
export function answerQuestions(room: Room, userId: string, buildId: string, given: unknown): BuildAnswer {
  const build = room.store.run<BuildState>(buildId)?.state;
  if (!build) return refuse("NOT_FOUND");
  if (build.status !== "questions" || !build.card_id) return refuse("CONFLICT", { status: build.status });
  const checked = checkAnswers(build.questions ?? [], given);
  if (!checked.ok) return refuse("BAD_REQUEST", { issues: checked.issues });
  const { answers } = checked;
  room.store.answer(build.card_id, userId, answers);
  build.answers = answers;
  closeCard(room, build, { ok: true, answers });
  return goOn(room, build);
}

/**
 * A yes or no to a plan. `plan_hash` must be the hash of the plan as it was shown; `plan` may be an edited one.
 * Errors: NOT_FOUND, CONFLICT (not waiting for a plan), PLAN_CHANGED, BAD_REQUEST (`issues`: no app can be built of the
 * edited plan).
 */
export async function approvePlan(
  room: Room,
  userId: string,
  buildId: string,
  answer: { approved?: unknown; plan_hash?: unknown; plan?: unknown },
  plans: Plans,
): Promise<BuildAnswer> {
  const run = room.store.run<BuildState>(buildId);
  if (!run) return refuse("NOT_FOUND");
  const build = run.state;
  if (build.status !== "planned" || !build.tool_call_id) return refuse("CONFLICT", { status: build.status });
  if (answer.approved === false) return decline(room, userId, build, build.tool_call_id);
  if (answer.plan_hash !== build.plan_hash) return refuse("PLAN_CHANGED", { plan_hash: build.plan_hash });
  if (answer.plan !== undefined && build.edit)
    return refuse("BAD_REQUEST", { issues: [{ path: "plan", message: "an edit has none" }] });
  if (answer.plan !== undefined) {
    const edited = checkPlan(answer.plan, plans.check);
    if (!edited.ok) return refuse("BAD_REQUEST", { issues: edited.issues.slice(0, MAX_ISSUES) });
    // What it costs is not for whoever edits it to say.
    build.plan = { ...edited.plan, estimate: plans.estimate(edited.plan) };
    build.plan_hash = await planHash(build.plan);
    // The hash took its time: someone else may have answered meanwhile.
    if (room.store.run(buildId)?.status !== "paused") return refuse("CONFLICT");
  }
  room.store.answer(build.tool_call_id, userId, { approved: true, plan_hash: build.plan_hash });
  build.approve = "auto";
  return goOn(room, build);
}
const MAX_ISSUES = 20;

/** A yes or no to publishing what is green. Errors: NOT_FOUND, CONFLICT (it is not `ready`). */
export function publishBuild(room: Room, userId: string, buildId: string, approved: boolean): BuildAnswer {
  const build = room.store.run<BuildState>(buildId)?.state;
  if (!build) return refuse("NOT_FOUND");
  if (build.status !== "ready" || !build.card_id) return refuse("CONFLICT", { status: build.status });
  const cardId = build.card_id;
  if (!approved) {
    closeCard(room, build, { ok: false, declined: true });
    return decline(room, userId, build, cardId);
  }
  room.store.answer(cardId, userId, { approved });
  build.publish = true;
  closeCard(room, build, { ok: true, approved });
  return goOn(room, build);
}

/** Stops a build that is not at its end. Errors: NOT_FOUND, CONFLICT (it has ended, or is going live this moment). */
export function cancelBuild(room: Room, driver: Driver, buildId: string): BuildAnswer {
  const run = room.store.run<BuildState>(buildId);
  if (!run) return refuse("NOT_FOUND");
  if (run.status === "paused") for (const event of cancel(run.state)) take(event, room, run.state);
  else if (run.status !== "running" || isPublishing(run.state) || !driver.cancel(buildId))
    return refuse("CONFLICT", { status: run.state.status });
  return { ok: true, build: publicBuild(run.state) };
}

const STOP_WORDS = /^(please )?(cancel|stop|abort|never ?mind|forget it)( (it|that|this|the build))?[.! ]*$/i;

/** A message that only says to stop is done at once, and is no prompt. False: it is one, or there is nothing to stop. */
export function stopsBuild(room: Room, driver: Driver, messageId: string, text: string): boolean {
  const run = room.store.lastRun<BuildState>();
  if (!run || !STOP_WORDS.test(text.trim()) || !cancelBuild(room, driver, run.run_id).ok) return false;
  room.store.takeInput(messageId);
  return true;
}

function goOn(room: Room, build: BuildState): BuildAnswer {
  build.status = "building";
  room.store.saveRun(build.build_id, "running", build);
  return { ok: true, build: publicBuild(build) };
}

function decline(room: Room, userId: string, build: BuildState, cardId: string): BuildAnswer {
  room.store.answer(cardId, userId, { approved: false });
  for (const event of cancel(build)) take(event, room, build);
  return { ok: true, build: publicBuild(build) };
}

export function refuse(code: ErrorCode, details: Record<string, unknown> = {}): BuildAnswer {
  return { ok: false, code, details };
}
