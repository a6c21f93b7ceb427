import { ERRORS } from "#protocol/errors";
import type { RunEvent } from "./events.ts";
import type { RunDeps } from "./run-deps.ts";
import type { Spending } from "./run-state.ts";
import { usageInTheEnd } from "./usage-event.ts";

/**
 * Tells the meter what the last call used. Idempotent, so a run that was cut here just does it again. When the
 * meter can't be reached the run fails and keeps `unsettled`. `speaker`: whose it was, where the call doesn't say.
 */
export async function* settle(
  it: Spending,
  speaker: string,
  deps: Pick<RunDeps, "meter">,
): AsyncGenerator<RunEvent> {
  if (!it.unsettled) return;
  const { call_id, agent, attempts, shown } = it.unsettled;
  const settled = await deps.meter.settle(call_id, attempts);
  if (settled.ok || !ERRORS[settled.code].retryable) it.unsettled = null;
  if (!settled.ok) {
    const { code, details } = settled;
    // No such call: the process died before its hold was made, so there is nothing to pay.
    if (code !== "NOT_FOUND") yield { type: "failed", code, message: ERRORS[code].message, details };
    return;
  }
  yield usageInTheEnd(agent ?? speaker, settled, shown);
}
