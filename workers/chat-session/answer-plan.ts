import type { BuildState } from "#generator/build-state";
import type { ErrorCode } from "#protocol/errors";
import { approvePlan } from "./builds.ts";
import type { Room } from "./room.ts";

/** Takes the answer to the plan of a build. The first one wins; a repeat by the same person is fine and does nothing. */
export async function answerPlan(
  room: Room,
  userId: string,
  toolCallId: string,
  response: unknown,
): Promise<{ ok: true } | { ok: false; code: ErrorCode; reason: string }> {
  const by = room.store.answeredBy(toolCallId);
  if (by !== null)
    return by === userId ? { ok: true } : { ok: false, code: "CONFLICT", reason: "It was answered already." };
  const run = room.store.lastRun<BuildState>();
  if (run?.status !== "paused" || run.state.tool_call_id !== toolCallId)
    return { ok: false, code: "NOT_FOUND", reason: "There is no such question waiting." };
  const answer = typeof response === "object" && response !== null ? response : {};
  const decided = await approvePlan(room, userId, run.run_id, answer);
  if (decided.ok) return { ok: true };
  return decided.code === "PLAN_CHANGED"
    ? { ok: false, code: "PLAN_CHANGED", reason: "The plan has changed since it was shown." }
    : { ok: false, code: "ANSWER_REFUSED", reason: "That answer does not fit." };
}
