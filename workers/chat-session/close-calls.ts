import { LIMITS } from "#base/limits";
import { type Entry, type Outcome, openCalls } from "#runtime/transcript";
import type { Room } from "./room.ts";
import { emitToolResponse } from "./run-frames.ts";

/** Ends calls that will never be made: the next turn must neither make them nor have a torn history. */
export function closeCalls(room: Room, outcome: Outcome): void {
  // Twice the window: what a turn was shown is what it may have left open.
  for (const call of openCalls(room.store.entries(2 * LIMITS.historyMaxMessages))) {
    const { tool_call_id, tool_name } = call;
    const entry: Entry = { kind: "tool", tool_call_id, tool_name, outcome };
    room.store.addEntry(entry);
    emitToolResponse(room, call, outcome);
  }
}
