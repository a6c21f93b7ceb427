import type { BuildState } from "#generator/build-state";
import type { LeaseMeter } from "#ledger/lease-meter";
import { ERRORS, type ErrorCode } from "#protocol/errors";
import { DISMISSED } from "#runtime/run-acceptance";
import type { RunState } from "#runtime/run-state";
import { UNKNOWN } from "#runtime/unknown";
import { BUILD_TOOL } from "./build-cards.ts";
import { closeCalls } from "./close-calls.ts";
import { closeCard } from "./drive-build.ts";
import type { Room } from "./room.ts";
import { runFact } from "./run-fact.ts";
import { emitToolResponse, fail } from "./run-frames.ts";
import type { StoredRun } from "./store.ts";
import { keepPlace } from "./turn-rows.ts";

export type AnyRun = StoredRun<RunState | BuildState>;

/** Ends a run that can't go on, whole: calls closed, a build marked, everybody told. */
export function endRun(
  room: Room,
  meter: LeaseMeter,
  runId: string,
  state: AnyRun["state"] | null,
  code: ErrorCode,
): void {
  const { message } = ERRORS[code];
  closeCalls(room, { ok: false, error: UNKNOWN });
  if (state && "unsettled" in state) {
    meter.note(runFact(state, "failed"));
    letGo(room, state);
  }
  if (state && "build_id" in state) {
    state.status = "failed";
    state.error = { code, message };
  }
  fail(room, runId, code, message);
  room.store.saveRun(runId, "failed", state ?? {});
}

/** Ends a run that waits on a card which the person passed over by writing something else, or stopped. */
export function passOver(room: Room, meter: LeaseMeter, run: AnyRun): void {
  const { state } = run;
  if ("build_id" in state) {
    state.status = "cancelled";
    const outcome = { ok: false, dismissed: true as const, status: state.status };
    closeCard(room, state, outcome);
    if (state.tool_call_id)
      emitToolResponse(room, { tool_call_id: state.tool_call_id, tool_name: BUILD_TOOL }, outcome);
  } else {
    letGo(room, state);
    closeCalls(room, DISMISSED);
    meter.note(runFact(state, "cancelled"));
  }
  room.store.saveRun(run.run_id, "cancelled", state);
}

/** Nobody waits for anybody any more. */
function letGo(room: Room, run: RunState): void {
  run.pending = null;
  run.stack = [];
  keepPlace(room, run);
}
