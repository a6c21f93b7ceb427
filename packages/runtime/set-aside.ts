import { appError } from "#base/app-error";
import { inScope } from "./place.ts";
import type { RunState } from "./run-state.ts";
import { type Entry, type Outcome, openCalls } from "./transcript.ts";

/**
 * A run that waits for the app's team must not hold up the person. While nobody speaks, its call is simply open, and
 * the answer goes on with it like any other. Once somebody speaks, later messages may not stand behind a call without
 * a result (providers refuse such a history), so the run is set aside:
 *
 * - `setAside` gives the call a provisional result ("the team was asked"), closes those behind it, and marks the run.
 *   It stays paused; new messages are runs of their own and know from that result that something is being decided.
 * - `comeBack`, when the team has answered or the time is up, lets the same run make the same call again, as a step of
 *   its own behind all that was said since, under the id of the card with a suffix. What really came of it is the
 *   result of that call. A note stands before it, for some providers want calls to follow a user's turn.
 *   The note has no power: what happened stands in the result alone.
 *
 * An agent that was asked in private by another one is let go with its conversation: when the answer has come, it makes
 * the call itself, before the person. Both are plain rows, written with the run's own in one go, so a crash in between is either before or after. The
 * approval is still bound to what was shown: the call is planned anew, and what differs is refused (T27).
 */
const SUFFIX = "-again";

export function setAside(run: RunState, transcript: readonly Entry[]): Entry[] {
  const { pending } = run;
  if (!pending?.team || run.aside) return [];
  run.aside = true;
  const asked = run.stack?.at(-1);
  if (asked) {
    run.home ??= { workflow: run.workflow, agent: run.agent };
    run.workflow = asked.workflow;
    run.agent = asked.agent;
    run.stack = [];
  }
  const message = pending.kind === "operator" ? TOLD : WAITS;
  const outcome: Outcome = { ok: true, done: false, message };
  return openCalls(inScope(transcript, undefined)).map(({ tool_call_id, tool_name }, index) => ({
    kind: "tool",
    tool_call_id,
    tool_name,
    outcome: index === 0 ? outcome : LEFT,
  }));
}

const TOLD = "The team was told. Nobody has come yet.";
const WAITS = "This waits for the team to approve it. It is not done yet, and must not be asked for again.";

/** Whether this is what a call had before the team answered. Pure. */
export function isProvisional({ done, message }: Outcome): boolean {
  return done === false && (message === TOLD || message === WAITS);
}

const LEFT: Outcome = { ok: false, dismissed: true, error: "The conversation went on before this was done." };

export function comeBack(run: RunState, answer: unknown, messageId: string): Entry[] {
  const { pending } = run;
  if (!pending) throw appError("INTERNAL");
  pending.answer = answer;
  if (!run.aside || !pending.team) return [];
  const call = { ...pending.team.call, tool_call_id: `${pending.tool_call_id}${SUFFIX}` };
  run.aside = false;
  pending.tool_call_id = call.tool_call_id;
  return [
    { kind: "note", text: "Continue." },
    { kind: "assistant", message_id: messageId, agent: run.agent, text: "", calls: [call] },
  ];
}

/** The id that the card of a call bears in frames. */
export function cardId(toolCallId: string): string {
  return toolCallId.endsWith(SUFFIX) ? toolCallId.slice(0, -SUFFIX.length) : toolCallId;
}
