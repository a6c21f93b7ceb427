import type { Meter } from "#runtime/meter";
import { newRun, type RunState } from "#runtime/run-state";
import { settle } from "#runtime/settle";
import { emit, type Room } from "./room.ts";
import { usageDeltas } from "./usage-frames.ts";

/** Keeps what a run that ends could not tell the ledger, so that it is told later: exact, never free. */
export function oweUnsettled(room: Room, run: RunState): void {
  if (!run.unsettled) return;
  room.store.owe({ ...run.unsettled, run_id: run.run_id, agent: run.agent });
  run.unsettled = null;
}

/** Tells the ledger what it is owed; what still can't be told stays. Answers whether all of it is paid. */
export async function payOwed(room: Room, meter: () => Meter): Promise<boolean> {
  for (const { call_id, run_id, agent, attempts } of room.store.owed()) {
    const run = { ...newRun(run_id, { workflow: "", agent }), unsettled: { call_id, attempts } };
    for await (const event of settle(run, { meter: meter() }))
      if (event.type === "usage")
        for (const delta of usageDeltas(event, run_id)) emit(room, "chat.usage_delta", delta, agent);
    if (run.unsettled) return false;
    room.store.paid(call_id);
  }
  return true;
}
