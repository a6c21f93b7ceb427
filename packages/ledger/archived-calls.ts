import type { Sql } from "#base/sql";
import { refuse } from "./refuse.ts";
import type { Refusal } from "./types.ts";

/** Whether a call has gone to the archive. Its key is kept: it is never charged again, however late it is told of. */
export function isArchivedCall(sql: Sql, callId: string): boolean {
  return sql.exec("SELECT 1 FROM archived_calls WHERE call_id = ?", callId).length > 0;
}

/** A call that is in the archive can't be changed any more. */
export function archivedCall(callId: string): Refusal {
  return refuse("CONFLICT", { call_id: callId, state: "archived" });
}

/** Why there is no hold of a call: CONFLICT where it is in the archive, NOT_FOUND where it never was. */
export function noSuchCall(sql: Sql, callId: string): Refusal {
  return isArchivedCall(sql, callId) ? archivedCall(callId) : refuse("NOT_FOUND", { call_id: callId });
}
