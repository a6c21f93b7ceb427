import type { RunEvent } from "#runtime/events";
import type { RunState } from "#runtime/run-state";
import { emit, type Room } from "./room.ts";
import { usageDeltas } from "./usage-frames.ts";

/** Tells people what a call used, and adds it to its run. Call it before the run is saved. */
export function emitUsage(room: Room, run: RunState, event: Extract<RunEvent, { type: "usage" }>): void {
  run.used ??= { input_tokens: 0, output_tokens: 0, cost_nano: "0" };
  const { used } = run;
  for (const delta of usageDeltas(event, run.run_id)) {
    used.input_tokens += delta.input_tokens;
    used.output_tokens += delta.output_tokens;
    used.cost_nano = String(BigInt(used.cost_nano) + BigInt(delta.cost_nano ?? "0"));
    emit(room, "chat.usage_delta", delta, event.agent);
  }
}
