import type { ErrorCode } from "#protocol/errors";
import { checkJson, sentence } from "#runtime/check-json";
import type { RunState } from "#runtime/run-state";
import type { Room } from "./room.ts";

export type Answered = { ok: true; goesOn: boolean } | { ok: false; code: ErrorCode; reason: string };

/**
 * Takes a person's answer to a card: it must fit the card's JSON Schema, and the first one wins. A repeat by the
 * same person is fine and does nothing.
 */
export function answerCard(room: Room, userId: string, toolCallId: string, response: unknown): Answered {
  const { store } = room;
  const by = store.answeredBy(toolCallId);
  if (by !== null)
    return by === userId
      ? { ok: true, goesOn: false }
      : { ok: false, code: "CONFLICT", reason: "It was answered already." };
  const run = store.lastRun<RunState>();
  const pending = run?.status === "paused" ? run.state.pending : null;
  if (!run || pending?.tool_call_id !== toolCallId)
    return { ok: false, code: "NOT_FOUND", reason: gone(room, toolCallId) };
  // Only the team's own command decides what is the team's to decide (T27).
  if (pending.team) return { ok: false, code: "FORBIDDEN", reason: "The app's team decides this." };
  if (pending.expires_at !== undefined && pending.expires_at <= room.clock.now())
    return { ok: false, code: "CONFLICT", reason: TOO_LATE };
  const checked = checkJson(pending.response_schema, response);
  if (!checked.ok) return { ok: false, code: "ANSWER_REFUSED", reason: sentence(checked.issues) };
  store.answer(toolCallId, userId, checked.value);
  pending.answer = checked.value;
  store.saveRun(run.run_id, "running", run.state);
  return { ok: true, goesOn: true };
}

const TOO_LATE = "It was not answered in time.";

function gone(room: Room, toolCallId: string): string {
  const late = room.waits.find(toolCallId)?.decided_by === "deadline";
  return late ? TOO_LATE : "There is no such question waiting.";
}
