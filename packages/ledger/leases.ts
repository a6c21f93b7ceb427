import type { Sql, SqlRow } from "#base/sql";
import { amountOf } from "./amount-of.ts";
import { changeHeld, type Taken } from "./buckets.ts";
import type { Op } from "./operate.ts";

/** Money set aside for the next stretch of work of one chat. Amounts are nano-USD. */
export type LeaseRow = {
  chat_id: string;
  /** Rises with each lease of the chat: tells what an earlier holder of it still says from what the present one does. */
  epoch: number;
  user_id: string;
  workflow: string;
  amount_nano: bigint;
  buckets: Taken;
  opened_at: number;
  expires_at: number;
  ended_at: number | null;
};

const COLUMNS = `chat_id, epoch, user_id, workflow, CAST(amount_nano AS TEXT) AS amount_nano, buckets, opened_at,
  expires_at, ended_at`;

/** The chat's lease, open or ended: there is one row a chat. */
export function findLease(sql: Sql, chatId: string): LeaseRow | null {
  const [row] = sql.exec(`SELECT ${COLUMNS} FROM leases WHERE chat_id = ?`, chatId);
  return row ? leaseOf(row) : null;
}

export function overdueLeases(sql: Sql, now: number): LeaseRow[] {
  return sql
    .exec(
      `SELECT ${COLUMNS} FROM leases WHERE ended_at IS NULL AND expires_at <= ? ORDER BY expires_at, rowid`,
      now,
    )
    .map(leaseOf);
}

/** Sets the lease's money aside. The row of an earlier lease of the chat, which must have ended, is taken over. */
export function putLease(op: Op, lease: Omit<LeaseRow, "ended_at">): void {
  op.sql.exec(
    `INSERT INTO leases (chat_id, epoch, user_id, workflow, amount_nano, buckets, opened_at, expires_at)
     VALUES (?, ?, ?, ?, CAST(? AS INTEGER), ?, ?, ?)
     ON CONFLICT (chat_id) DO UPDATE SET epoch = excluded.epoch, user_id = excluded.user_id,
       workflow = excluded.workflow, amount_nano = excluded.amount_nano, buckets = excluded.buckets,
       opened_at = excluded.opened_at, expires_at = excluded.expires_at, ended_at = NULL`,
    lease.chat_id,
    lease.epoch,
    lease.user_id,
    lease.workflow,
    String(lease.amount_nano),
    JSON.stringify(lease.buckets),
    lease.opened_at,
    lease.expires_at,
  );
  changeHeld(op, lease.buckets, 1);
}

/** Frees what the lease set aside. Its row stands as it was until it is put again, or its end is noted. */
export function freeLease(op: Op, lease: LeaseRow): void {
  changeHeld(op, lease.buckets, -1);
  op.freed = lease.chat_id;
}

/** `epoch`: what the chat has asked for; nothing below is granted any more. */
export function noteEnd(op: Op, lease: LeaseRow, epoch: number): void {
  op.sql.exec(
    "UPDATE leases SET amount_nano = 0, buckets = '{}', ended_at = ?, epoch = MAX(epoch, ?) WHERE chat_id = ?",
    op.now,
    epoch,
    lease.chat_id,
  );
}

/** What `noteEnd` says of the epoch, where no lease of the chat ends. */
export function raiseEpoch(op: Op, chatId: string, epoch: number): void {
  op.sql.exec("UPDATE leases SET epoch = MAX(epoch, ?) WHERE chat_id = ?", epoch, chatId);
}

function leaseOf(row: SqlRow): LeaseRow {
  return {
    ...(row as unknown as LeaseRow),
    amount_nano: amountOf(row.amount_nano),
    buckets: JSON.parse(String(row.buckets)),
  };
}
