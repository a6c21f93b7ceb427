import { inScope } from "#runtime/place";
import { type Outcome, openCalls } from "#runtime/transcript";
import type { Room } from "./room.ts";
import { emitToolResponse } from "./run-frames.ts";

/**
 * Ends calls that will never be made: the next turn must neither make them nor have a torn history. Agents that were
 * asked and have not answered are let go, with what was said among them.
 */
export function closeCalls(room: Room, outcome: Outcome): void {
  const { entries } = room.store;
  const rows = entries.newest();
  for (const scope of new Set(rows.map((entry) => entry.scope))) {
    for (const call of openCalls(inScope(rows, scope))) {
      const { tool_call_id, tool_name } = call;
      if (scope === undefined) entries.add({ kind: "tool", tool_call_id, tool_name, outcome });
      if (!call.hidden) emitToolResponse(room, call, outcome);
    }
  }
  entries.closeAll();
}
