import { isArchivedCall, noSuchCall } from "./archived-calls.ts";
import { areTokenCounts, maxCounts } from "./counts.ts";
import type { LedgerDeps } from "./deps.ts";
import { findHold } from "./holds.ts";
import { operate } from "./operate.ts";
import { refuse } from "./refuse.ts";
import type { Refusal, TokenCounts } from "./types.ts";

/**
 * Notes how far a call has come: cumulative counts, so doubled and disordered reports are harmless. A call
 * that ends without a word is charged by its last one. After the end of the call it does nothing.
 * Refuses BAD_REQUEST and NOT_FOUND.
 */
export function checkpoint(deps: LedgerDeps, callId: string, counts: TokenCounts): { ok: true } | Refusal {
  if (typeof callId !== "string" || !areTokenCounts(counts)) return refuse("BAD_REQUEST");
  return operate(deps, (op) => {
    const hold = findHold(op.sql, callId);
    if (!hold) return isArchivedCall(op.sql, callId) ? { ok: true } : noSuchCall(op.sql, callId);
    if (hold.state !== "open") return { ok: true };
    const highest = JSON.stringify(maxCounts(hold.checkpoint, counts));
    if (highest !== JSON.stringify(hold.checkpoint)) {
      op.sql.exec("UPDATE holds SET checkpoint = ? WHERE call_id = ?", highest, callId);
    }
    return { ok: true };
  });
}
