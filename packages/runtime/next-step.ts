import { LIMITS } from "#base/limits";
import { goesInCircles } from "./failing.ts";
import { type RunState, spendingsOf } from "./run-state.ts";
import { type Entry, openCalls, type ToolCall } from "./transcript.ts";

export type NextStep =
  | { do: "settle" }
  | { do: "wait"; reason: "ui" | "approval" | "operator"; tool_call_id: string }
  | { do: "call_tool"; call: ToolCall }
  | { do: "ask_model" }
  | { do: "stop"; limit: "steps" | "tool_calls" | "handoffs" | "repeated_failures" }
  | { do: "end" };

/**
 * What a run does next, from its durable state alone: so a run that lost its process goes on exactly where its
 * rows say. `transcript` is the conversation that is going on, one scope. `end`: the agent has given its answer. Pure.
 */
export function nextStep(run: RunState, transcript: readonly Entry[]): NextStep {
  if (spendingsOf(run).some(({ unsettled }) => unsettled)) return { do: "settle" };
  const open = openCalls(transcript);
  const call = open[0];
  if (call) {
    const waits = run.pending?.tool_call_id === call.tool_call_id && run.pending.answer === undefined;
    if (waits && run.pending)
      return { do: "wait", reason: run.pending.kind, tool_call_id: call.tool_call_id };
    if (run.tool_calls >= LIMITS.runMaxToolCalls) return { do: "stop", limit: "tool_calls" };
    if (run.handoffs > LIMITS.runMaxHandoffs) return { do: "stop", limit: "handoffs" };
    if (goesInCircles(run)) return { do: "stop", limit: "repeated_failures" };
    return { do: "call_tool", call };
  }
  if (goesInCircles(run)) return { do: "stop", limit: "repeated_failures" };
  const last = transcript.at(-1);
  if (last?.kind === "assistant" && (last.calls.length === 0 || last.interrupted)) return { do: "end" };
  if (run.steps >= LIMITS.runMaxSteps) return { do: "stop", limit: "steps" };
  return { do: "ask_model" };
}
