import { assertNever } from "#base/assert-never";
import { ERRORS } from "#protocol/errors";
import { askModel } from "./ask-model.ts";
import { callTool } from "./call-tool.ts";
import type { RunEvent } from "./events.ts";
import { findAgent } from "./find-agent.ts";
import { nextStep } from "./next-step.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";
import { settle } from "./settle.ts";
import { type Entry, openCalls } from "./transcript.ts";
import { UNKNOWN } from "./unknown.ts";

/**
 * Runs a turn from wherever its rows say it is, to its end or to a pause for a person. Speaks in events and does
 * not throw. `run` and `transcript` are brought forward in place; the consumer stores them with each event.
 */
export async function* runTurn(run: RunState, transcript: Entry[], deps: RunDeps): AsyncGenerator<RunEvent> {
  try {
    for (;;) {
      const next = nextStep(run, transcript);
      if (deps.signal.aborted && next.do !== "settle") {
        yield* abandon(run, transcript, "The person stopped this before it was done.");
        yield { type: "cancelled" };
        return;
      }
      for await (const event of take(next, run, transcript, deps)) {
        if (event.type === "failed") yield* abandon(run, transcript, "The turn failed before this was done.");
        remember(event, transcript);
        yield event;
        if (event.type === "paused" || event.type === "failed" || event.type === "completed") return;
      }
    }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    yield* abandon(run, transcript, UNKNOWN);
    yield { type: "failed", code: "INTERNAL", message: ERRORS.INTERNAL.message, details: { cause: message } };
  }
}

async function* take(
  next: ReturnType<typeof nextStep>,
  run: RunState,
  transcript: Entry[],
  deps: RunDeps,
): AsyncGenerator<RunEvent> {
  switch (next.do) {
    case "settle":
      return yield* settle(run, deps);
    case "ask_model":
      return yield* askModel(run, transcript, findAgent(deps.files, run), deps);
    case "call_tool":
      return yield* callTool(run, next.call, findAgent(deps.files, run), deps, transcript);
    case "wait":
      return yield { type: "paused", reason: next.reason, tool_call_id: next.tool_call_id };
    case "stop":
      return yield {
        type: "failed",
        code: "LIMIT_REACHED",
        message: `This turn reached its limit of ${next.limit.replace("_", " ")}.`,
        details: { limit: next.limit },
      };
    case "end": {
      const last = transcript.at(-1);
      if (last?.kind === "assistant" && last.interrupted)
        return yield { type: "failed", code: "MODEL_FAILED", message: ERRORS.MODEL_FAILED.message };
      return yield { type: "completed" };
    }
    default:
      return assertNever(next);
  }
}

/** Brings the transcript forward, as the consumer's rows will be. */
function remember(event: RunEvent, transcript: Entry[]): void {
  if (event.type === "step")
    transcript.push({
      kind: "assistant",
      message_id: event.message_id,
      agent: event.agent,
      text: event.text,
      calls: event.calls,
      ...(event.interrupted ? { interrupted: true } : {}),
    });
  if (event.type === "tool_result")
    transcript.push({
      kind: "tool",
      tool_call_id: event.call.tool_call_id,
      tool_name: event.call.tool_name,
      outcome: event.outcome,
    });
}

/** Closes calls that will never be made, so that the next turn neither makes them nor has a torn history. */
function* abandon(run: RunState, transcript: Entry[], error: string): Generator<RunEvent> {
  run.pending = null;
  for (const call of openCalls(transcript)) {
    const outcome = { ok: false, error };
    const event: RunEvent = { type: "tool_result", agent: run.agent, call, outcome };
    remember(event, transcript);
    yield event;
  }
}
