import { LIMITS } from "#base/limits";
import type { RunState } from "./run-state.ts";
import type { Outcome, ToolCall } from "./transcript.ts";

/** Calls that fail. `times`: steps in which this very call failed in a row; `row`: failures in a row, of any call. */
export type Failing = { call: string; times: number; step: number; row: number };

export const SAID_AGAIN =
  " You have made this very call before and it failed the same way: don't make it again.";

/**
 * Counts what came of a call, and tells a model that repeats a call that fails (T30). A no of the person is no
 * failure. Several such calls in one step are one: the model had no chance to learn.
 */
export function countFailure(run: RunState, call: ToolCall, outcome: Outcome): Outcome {
  if (outcome.declined || outcome.dismissed) return outcome;
  if (outcome.ok) {
    run.failing = null;
    return outcome;
  }
  const before = run.failing ?? null;
  const key = `${call.tool_name} ${canonical(call.args)}`.slice(0, 1_000);
  const same = before?.call === key;
  const again = same && before.step !== run.steps;
  run.failing = {
    call: key,
    times: same ? before.times + (again ? 1 : 0) : 1,
    step: run.steps,
    row: (before?.row ?? 0) + 1,
  };
  return again ? { ...outcome, error: `${outcome.error ?? ""}${SAID_AGAIN}` } : outcome;
}

/** Whether a run goes in circles: it is stopped rather than led on to its limit of steps. */
export function goesInCircles(run: RunState): boolean {
  const { failing } = run;
  if (!failing) return false;
  return failing.times >= LIMITS.runMaxSameFailures || failing.row >= LIMITS.runMaxFailuresInRow;
}

/** JSON with its keys in order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, it: unknown) =>
    typeof it === "object" && it !== null && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)))
      : it,
  );
}
