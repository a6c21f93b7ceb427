import type { BuildState } from "#generator/build-state";
import type { Issue } from "#generator/check-plan";
import type { ErrorCode } from "#protocol/errors";
import type { Plans } from "./build-deps.ts";
import { answerQuestions, approvePlan, type BuildAnswer, publishBuild } from "./builds.ts";
import type { Room } from "./room.ts";

/** Takes the answer to a card of a build. The first one wins; a repeat by the same person is fine and does nothing. */
export async function answerBuildCard(
  room: Room,
  userId: string,
  toolCallId: string,
  response: unknown,
  plans: Plans,
): Promise<{ ok: true } | { ok: false; code: ErrorCode; reason: string }> {
  const by = room.store.answeredBy(toolCallId);
  if (by !== null)
    return by === userId ? { ok: true } : { ok: false, code: "CONFLICT", reason: "It was answered already." };
  const run = room.store.lastRun<BuildState>();
  const build = run?.status === "paused" ? run.state : null;
  const waitsFor = build && (build.card_id ?? build.tool_call_id);
  if (!build || waitsFor !== toolCallId)
    return { ok: false, code: "NOT_FOUND", reason: "There is no such question waiting." };
  const decided = await answer(room, userId, build, response, plans);
  if (decided.ok) return { ok: true };
  if (decided.code === "PLAN_CHANGED")
    return { ok: false, code: "PLAN_CHANGED", reason: "The plan has changed since it was shown." };
  return { ok: false, code: "ANSWER_REFUSED", reason: reasonOf(decided.details) };
}

async function answer(
  room: Room,
  userId: string,
  build: BuildState,
  response: unknown,
  plans: Plans,
): Promise<BuildAnswer> {
  const { build_id, status } = build;
  if (status === "questions") return answerQuestions(room, userId, build_id, response);
  const given = typeof response === "object" && response !== null ? response : {};
  if (status === "planned") return approvePlan(room, userId, build_id, given, plans);
  const { approved } = given as { approved?: unknown };
  if (typeof approved !== "boolean")
    return {
      ok: false,
      code: "BAD_REQUEST",
      details: { issues: [{ path: "approved", message: "yes or no" }] },
    };
  return publishBuild(room, userId, build_id, approved);
}

function reasonOf({ issues }: Record<string, unknown>): string {
  const [first] = (issues ?? []) as Issue[];
  return first ? `That answer does not fit: ${first.path}: ${first.message}` : "That answer does not fit.";
}
