import type { Sql, SqlRow } from "#base/sql";
import { amountOf } from "./amount-of.ts";
import { changeHeld, type Taken } from "./buckets.ts";
import type { Op } from "./operate.ts";
import type { TokenCounts } from "./types.ts";

export type HoldState = "open" | "settled" | "estimated" | "void";

/** Money set aside for one model call. `estimated` has ended, but may still be trued up. */
export type Hold = {
  call_id: string;
  /** The ask, canonical: tells a repeated delivery from a reused key. */
  payload: string;
  user_id: string;
  chat_id: string;
  run_id: string;
  workflow: string;
  agent: string;
  model: string;
  price_version: string;
  input_upper: number;
  max_output: number;
  amount_nano: bigint;
  buckets: Taken;
  checkpoint: TokenCounts;
  opened_at: number;
  expires_at: number;
  state: HoldState;
  settled_payload: string | null;
};

const COLUMNS = `call_id, payload, user_id, chat_id, run_id, workflow, agent, model, price_version, input_upper,
  max_output, CAST(amount_nano AS TEXT) AS amount_nano, buckets, checkpoint, opened_at, expires_at, state, settled_payload`;

export function findHold(sql: Sql, callId: string): Hold | null {
  const row = sql.exec(`SELECT ${COLUMNS} FROM holds WHERE call_id = ?`, callId)[0];
  return row ? holdOf(row) : null;
}

export function overdueHolds(sql: Sql, now: number): Hold[] {
  return sql
    .exec(
      `SELECT ${COLUMNS} FROM holds WHERE state = 'open' AND expires_at <= ? ORDER BY expires_at, rowid`,
      now,
    )
    .map(holdOf);
}

/** Opens the hold and sets its money aside. */
export function openHold(op: Op, hold: Omit<Hold, "state" | "settled_payload">): void {
  insertHold(op, { ...hold, state: "open", settled_payload: null });
  changeHeld(op, hold.buckets, 1);
}

/** Writes a hold as it is: a call made under a lease has ended when the ledger first hears of it. */
export function insertHold(op: Op, hold: Hold): void {
  op.sql.exec(
    `INSERT INTO holds (call_id, payload, user_id, chat_id, run_id, workflow, agent, model, price_version,
       input_upper, max_output, amount_nano, buckets, checkpoint, opened_at, expires_at, state, ended_at, settled_payload)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS INTEGER), ?, ?, ?, ?, ?, ?, ?)`,
    hold.call_id,
    hold.payload,
    hold.user_id,
    hold.chat_id,
    hold.run_id,
    hold.workflow,
    hold.agent,
    hold.model,
    hold.price_version,
    hold.input_upper,
    hold.max_output,
    String(hold.amount_nano),
    JSON.stringify(hold.buckets),
    JSON.stringify(hold.checkpoint),
    hold.opened_at,
    hold.expires_at,
    hold.state,
    hold.state === "open" ? null : op.now,
    hold.settled_payload,
  );
}

/** Ends the hold, or turns its estimate into an end; money still set aside is freed. */
export function endHold(
  op: Op,
  hold: Hold,
  state: Exclude<HoldState, "open">,
  settledPayload: string | null,
): void {
  if (hold.state === "open") changeHeld(op, hold.buckets, -1);
  op.sql.exec(
    "UPDATE holds SET state = ?, ended_at = ?, settled_payload = ? WHERE call_id = ?",
    state,
    op.now,
    settledPayload,
    hold.call_id,
  );
}

function holdOf(row: SqlRow): Hold {
  return {
    ...(row as unknown as Hold),
    amount_nano: amountOf(row.amount_nano),
    buckets: JSON.parse(String(row.buckets)),
    checkpoint: JSON.parse(String(row.checkpoint)),
  };
}
