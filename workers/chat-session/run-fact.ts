import type { Clock } from "#base/clock";
import type { Fact } from "#ledger/facts";
import type { RunState } from "#runtime/run-state";
import type { RunStatus } from "./store.ts";

/** Runs that were stored before times were kept have none. */
const NO_TIMES = { first_token_ms: null, active_ms: 0 };

/** How a run went so far, for the owner's analytics. */
export function runFact(run: RunState, status: Exclude<RunStatus, "running">): Fact {
  const times = run.times ?? NO_TIMES;
  return {
    kind: "run",
    run_id: run.run_id,
    workflow: run.workflow,
    status,
    first_token_ms: times.first_token_ms,
    duration_ms: times.active_ms,
    handoffs: run.handoffs,
  };
}

/** Takes the time of a stretch of a run, from now on. A clock that goes back takes nothing away. */
export function stopwatch(run: RunState, clock: Clock) {
  run.times ??= { ...NO_TIMES };
  const start = clock.now();
  const before = run.times.active_ms;
  const elapsed = () => before + Math.max(0, clock.now() - start);
  return {
    spoke(): void {
      run.times.first_token_ms ??= elapsed();
    },
    stop(): void {
      run.times.active_ms = elapsed();
    },
  };
}
