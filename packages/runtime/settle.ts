import { ERRORS } from "#protocol/errors";
import type { RunEvent } from "./events.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";

/** Tells the ledger what the last call used. Idempotent, so a run that was cut here just does it again. */
export async function* settle(run: RunState, deps: RunDeps): AsyncGenerator<RunEvent> {
  if (!run.unsettled) return;
  const settled = await deps.meter.settle(run.unsettled.call_id, run.unsettled.attempts);
  run.unsettled = null;
  if (!settled.ok) {
    yield {
      type: "failed",
      code: settled.code,
      message: ERRORS[settled.code].message,
      details: settled.details,
    };
    return;
  }
  yield {
    type: "usage",
    agent: run.agent,
    lines: settled.rows,
    chat_cost_nano: settled.chat_cost_nano,
    balance_nano: settled.balance_nano,
  };
}
