import type { Sql, SqlRow } from "#base/sql";
import { amountOf } from "./amount-of.ts";
import type { Attempt, ReserveAsk, TokenCounts } from "./types.ts";

/** A call made under a lease, in the chat's own database. Amounts are nano-USD. */
export type LeasedCall = {
  call_id: string;
  ask: ReserveAsk;
  price_version: string;
  max_output: number;
  worst_nano: bigint;
  checkpoint: TokenCounts;
  opened_at: number;
  state: "open" | "ended" | "reported";
  attempts: (Attempt & { price_version: string })[] | null;
  cost_nano: bigint | null;
};

const COLUMNS = `call_id, ask, price_version, max_output, CAST(worst_nano AS TEXT) AS worst_nano, checkpoint, opened_at,
  state, attempts, CAST(cost_nano AS TEXT) AS cost_nano`;

/** Every call there is a row of, oldest first. */
export function leasedCalls(sql: Sql): LeasedCall[] {
  return sql.exec(`SELECT ${COLUMNS} FROM lease_calls ORDER BY n`).map(callOf);
}

export function addLeasedCall(
  sql: Sql,
  call: Omit<LeasedCall, "state" | "attempts" | "cost_nano" | "call_id">,
): void {
  sql.exec(
    `INSERT INTO lease_calls (call_id, ask, price_version, max_output, worst_nano, checkpoint, opened_at, state)
     VALUES (?, ?, ?, ?, CAST(? AS INTEGER), ?, ?, 'open')`,
    call.ask.call_id,
    JSON.stringify(call.ask),
    call.price_version,
    call.max_output,
    String(call.worst_nano),
    JSON.stringify(call.checkpoint),
    call.opened_at,
  );
}

export function endLeasedCall(
  sql: Sql,
  callId: string,
  attempts: LeasedCall["attempts"],
  cost: bigint,
): void {
  sql.exec(
    "UPDATE lease_calls SET state = 'ended', attempts = ?, cost_nano = CAST(? AS INTEGER) WHERE call_id = ?",
    JSON.stringify(attempts),
    String(cost),
    callId,
  );
}

export function markReported(sql: Sql, callIds: readonly string[]): void {
  if (callIds.length === 0) return;
  sql.exec(
    "UPDATE lease_calls SET state = 'reported' WHERE call_id IN (SELECT value FROM json_each(?))",
    JSON.stringify(callIds),
  );
}

export function forgetReported(sql: Sql): void {
  sql.exec("DELETE FROM lease_calls WHERE state = 'reported'");
}

function callOf(row: SqlRow): LeasedCall {
  return {
    ...(row as unknown as LeasedCall),
    ask: JSON.parse(String(row.ask)),
    checkpoint: JSON.parse(String(row.checkpoint)),
    worst_nano: amountOf(row.worst_nano),
    attempts: row.attempts === null ? null : JSON.parse(String(row.attempts)),
    cost_nano: row.cost_nano === null ? null : amountOf(row.cost_nano),
  };
}
