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

export function findLeasedCall(sql: Sql, callId: string): LeasedCall | null {
  const [row] = sql.exec(`SELECT ${COLUMNS} FROM lease_calls WHERE call_id = ?`, callId);
  return row ? callOf(row) : null;
}

/** Calls that have ended and that the ledger has not heard of, oldest first. */
export function unreportedCalls(sql: Sql, limit: number): LeasedCall[] {
  return sql
    .exec(`SELECT ${COLUMNS} FROM lease_calls WHERE state = 'ended' ORDER BY n LIMIT ?`, limit)
    .map(callOf);
}

export function openCalls(sql: Sql): string[] {
  return sql
    .exec("SELECT call_id FROM lease_calls WHERE state = 'open' ORDER BY n")
    .map((row) => String(row.call_id));
}

/** What calls under way may still cost, and what ended ones did that are not reported. */
export function outstanding(sql: Sql): {
  open: number;
  open_nano: bigint;
  unreported: number;
  unreported_nano: bigint;
} {
  const [row] = sql.exec(
    `SELECT COUNT(*) FILTER (WHERE state = 'open') AS open, COUNT(*) FILTER (WHERE state = 'ended') AS unreported,
       CAST(SUM(worst_nano) FILTER (WHERE state = 'open') AS TEXT) AS open_nano,
       CAST(SUM(cost_nano) FILTER (WHERE state = 'ended') AS TEXT) AS unreported_nano
     FROM lease_calls WHERE state <> 'reported'`,
  );
  return {
    open: Number(row!.open),
    open_nano: amountOf(row!.open_nano),
    unreported: Number(row!.unreported),
    unreported_nano: amountOf(row!.unreported_nano),
  };
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
  for (const callId of callIds) {
    sql.exec("UPDATE lease_calls SET state = 'reported' WHERE call_id = ?", callId);
  }
}

/** Reported calls are kept until the next run begins: until then their end may be told again. */
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
