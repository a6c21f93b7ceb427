import { AppError } from "#base/app-error";
import { assertNever } from "#base/assert-never";
import { ERRORS } from "#protocol/errors";
import { askModel } from "./ask-model.ts";
import { askTogether, unasked } from "./ask-together.ts";
import { callTool } from "./call-tool.ts";
import { keptCalls } from "./colleagues.ts";
import type { Failed, RunEvent } from "./events.ts";
import { type Found, findAgent } from "./find-agent.ts";
import { fail, finish, stopped } from "./finish.ts";
import { nextStep } from "./next-step.ts";
import { askPanel, panelIsDue } from "./panel.ts";
import { asked, comeBackIn, currentScope, inScope, placeOf } from "./place.ts";
import { remember } from "./remember-event.ts";
import type { RunDeps } from "./run-deps.ts";
import { type RunState, spendingsOf } from "./run-state.ts";
import { settle } from "./settle.ts";
import { type Entry, openCalls } from "./transcript.ts";
import { UNKNOWN } from "./unknown.ts";

/**
 * Runs a turn from wherever its rows say it is, to its end or to a pause for a person. Speaks in events and does
 * not throw. `run` and `transcript` are brought forward in place; the consumer stores them with each event.
 */
export async function* runTurn(run: RunState, transcript: Entry[], deps: RunDeps): AsyncGenerator<RunEvent> {
  try {
    if (run.ending) return yield* end(run.ending, run, transcript, UNKNOWN);
    if (!comeBackIn(run, deps.files))
      return yield* end(shutOut(), run, transcript, "The turn failed before this was done.");
    for (;;) {
      const view = inScope(transcript, currentScope(run));
      const next = nextStep(run, view);
      if (deps.signal.aborted && next.do !== "settle") {
        yield* abandon(run, transcript, "The person stopped this before it was done.");
        yield { type: "cancelled" };
        return;
      }
      for await (const event of take(next, run, view, transcript, deps)) {
        if (event.type === "failed")
          return yield* end(event, run, transcript, "The turn failed before this was done.");
        remember(event, transcript);
        yield event;
        if (event.type === "paused" || event.type === "completed") return;
      }
    }
  } catch (cause) {
    yield* end(broken(cause), run, transcript, UNKNOWN);
  }
}

async function* take(
  next: ReturnType<typeof nextStep>,
  run: RunState,
  view: Entry[],
  transcript: readonly Entry[],
  deps: RunDeps,
): AsyncGenerator<RunEvent> {
  switch (next.do) {
    case "settle":
      for (const it of spendingsOf(run)) yield* settle(it, run.agent, deps);
      run.together = {};
      return;
    case "ask_model":
      return yield* speak(run, view, findAgent(deps.files, placeOf(run)), deps);
    case "call_tool": {
      const agent = findAgent(deps.files, placeOf(run));
      const panel = unasked(run, agent, view, transcript, deps.files);
      if (panel.length > 0) return yield* askTogether(run, agent, panel, transcript, deps);
      return yield* callTool(run, next.call, agent, transcript, deps);
    }
    case "wait":
      return yield { type: "paused", reason: next.reason, tool_call_id: next.tool_call_id };
    case "stop":
      return yield stopped(next.limit);
    case "end":
      return yield* finish(run, view, findAgent(deps.files, placeOf(run)), deps);
    default:
      return assertNever(next);
  }
}

/** An agent's next step. What people must not read is kept back: it leaves no text, only its row. */
async function* speak(run: RunState, view: Entry[], agent: Found, deps: RunDeps): AsyncGenerator<RunEvent> {
  const scope = currentScope(run);
  if (panelIsDue(agent, view)) return yield askPanel(deps.files, agent, view, deps.newId, scope);
  const { hidden, output } = agent.definition;
  const isQuiet = scope !== undefined || Boolean(hidden) || (output !== undefined && !output.show);
  for await (const event of askModel(run, view, agent, deps)) {
    if (event.type === "text" && isQuiet) continue;
    if (event.type === "failed" && event.code === "MODEL_FAILED" && asked(run))
      return yield* fail(run, deps, event.code);
    if (event.type !== "step") yield event;
    else yield { ...event, scope, calls: keptCalls(deps.files, agent, event.calls) };
  }
}

/** A turn that fails: noted first, so that a run that is cut while it closes its calls does not go on after all. */
function* end(event: Failed, run: RunState, transcript: Entry[], error: string): Generator<RunEvent> {
  run.ending = event;
  yield* abandon(run, transcript, error);
  yield event;
}

/** Closes calls that will never be made, so that the next turn neither makes them nor has a torn history. */
function* abandon(run: RunState, transcript: Entry[], error: string): Generator<RunEvent> {
  run.pending = null;
  // Private conversations: of those who are being asked, and of a panel whose answers were not taken in.
  const scopes = new Set(transcript.map(({ scope }) => scope));
  for (;;) {
    const scope = currentScope(run);
    for (const call of openCalls(inScope(transcript, scope))) {
      const closes = scopes.has(call.tool_call_id) ? ({ closes: true } as const) : {};
      // One that was on its way may have arrived.
      const sent = run.acting === call.tool_call_id;
      const outcome = sent ? { ok: false, unknown: true, error: UNKNOWN } : { ok: false, error };
      const { agent } = placeOf(run);
      const event: RunEvent = { type: "tool_result", agent, call, outcome, scope, ...closes };
      remember(event, transcript);
      yield event;
    }
    if (!run.stack?.length) break;
    run.stack = run.stack.slice(0, -1);
  }
  run.acting = null;
}

/** A conversation whose place is behind a gate now, or gone. */
function shutOut(): Failed {
  return { type: "failed", code: "FORBIDDEN", message: ERRORS.FORBIDDEN.message };
}

function broken(cause: unknown): Failed {
  // What is wrong stands in an app's own file, and may name what people must not see.
  if (cause instanceof AppError && cause.code === "INVALID_WORKFLOW")
    return { type: "failed", code: cause.code, message: ERRORS.INVALID_WORKFLOW.message };
  const details = { cause: cause instanceof Error ? cause.message : String(cause) };
  return { type: "failed", code: "INTERNAL", message: ERRORS.INTERNAL.message, details };
}
