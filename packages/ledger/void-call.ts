import { noSuchCall } from "./archived-calls.ts";
import type { LedgerDeps } from "./deps.ts";
import { endHold, findHold } from "./holds.ts";
import { operate } from "./operate.ts";
import { refuse } from "./refuse.ts";
import { raiseSeq } from "./seq.ts";
import type { Refusal } from "./types.ts";
import { reverseUsage, usageRowsOfCall } from "./usage-rows.ts";

/**
 * Ends a call that never reached its provider: nothing is charged, and an estimate charged meanwhile is taken
 * back. Refuses BAD_REQUEST, NOT_FOUND, and CONFLICT when the call was settled or has gone to the archive.
 */
export function voidCall(deps: LedgerDeps, callId: string): { ok: true } | Refusal {
  if (typeof callId !== "string") return refuse("BAD_REQUEST");
  return operate(deps, (op) => {
    const hold = findHold(op.sql, callId);
    if (!hold) return noSuchCall(op.sql, callId);
    if (hold.state === "settled") return refuse("CONFLICT", { call_id: callId, state: hold.state });
    if (hold.state === "void") return { ok: true };
    for (const row of usageRowsOfCall(op.sql, callId)) reverseUsage(op, hold, row);
    endHold(op, hold, "void", null);
    raiseSeq(op);
    return { ok: true };
  });
}
