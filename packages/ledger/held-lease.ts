import type { Sql, SqlValue } from "#base/sql";
import { amountOf } from "./amount-of.ts";
import type { Lease } from "./lease-types.ts";

/** The chat's side of a lease: tables in the chat's own database, beside its log. Steps only grow. */
export const LEASE_TABLES: readonly string[] = [
  `CREATE TABLE lease (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    epoch INTEGER NOT NULL,
    workflow TEXT,
    amount_nano INTEGER NOT NULL CHECK (amount_nano >= 0),
    expires_at INTEGER NOT NULL,
    single INTEGER NOT NULL,
    turn_limit_nano INTEGER,
    chat_cost_nano INTEGER NOT NULL,
    balance_nano INTEGER NOT NULL,
    newest_alert INTEGER,
    run_id TEXT NOT NULL,
    run_cost_nano INTEGER NOT NULL,
    recent_nano INTEGER NOT NULL,
    need_nano INTEGER NOT NULL,
    used_at INTEGER NOT NULL
  ) STRICT`,
  `INSERT INTO lease (id, epoch, amount_nano, expires_at, single, chat_cost_nano, balance_nano, run_id, run_cost_nano,
    recent_nano, need_nano, used_at) VALUES (1, 0, 0, 0, 0, 0, 0, '', 0, 0, 0, 0)`,
  `CREATE TABLE lease_calls (
    n INTEGER PRIMARY KEY,
    call_id TEXT NOT NULL UNIQUE,
    ask TEXT NOT NULL,
    price_version TEXT NOT NULL,
    max_output INTEGER NOT NULL,
    worst_nano INTEGER NOT NULL CHECK (worst_nano >= 0),
    checkpoint TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'ended', 'reported')),
    attempts TEXT,
    cost_nano INTEGER CHECK (cost_nano >= 0),
    CHECK ((state = 'open') = (attempts IS NULL) AND (state = 'open') = (cost_nano IS NULL))
  ) STRICT`,
  "CREATE INDEX lease_calls_unreported ON lease_calls (state) WHERE state <> 'reported'",
  "CREATE TABLE facts (key TEXT PRIMARY KEY, fact TEXT NOT NULL) STRICT",
];

/** What the chat knows of its lease, and what the ledger last told it. Amounts are nano-USD. */
export type HeldLease = {
  /** Null when the lease was given back, or ended with its run. */
  lease: Lease | null;
  /** The highest that a lease was asked for with, so that a new one is above; of the lease, where there is one. */
  epoch: number;
  /** Until when the ledger may still hold a lease that the chat let go of, or never heard of; 0 for none. */
  unsure_until: number;
  chat_cost_nano: bigint;
  balance_nano: bigint;
  newest_alert: number | null;
  run_id: string;
  run_cost_nano: bigint;
  recent_nano: bigint;
  need_nano: bigint;
  used_at: number;
};

const AMOUNTS = [
  "amount_nano",
  "turn_limit_nano",
  "chat_cost_nano",
  "balance_nano",
  "run_cost_nano",
  "recent_nano",
  "need_nano",
] as const;

export function readHeldLease(sql: Sql): HeldLease {
  const amounts = AMOUNTS.map((name) => `CAST(${name} AS TEXT) AS ${name}`).join(", ");
  const [row] = sql.exec(
    `SELECT epoch, workflow, expires_at, single, newest_alert, run_id, used_at, ${amounts} FROM lease`,
  );
  const { epoch, workflow, turn_limit_nano } = row!;
  return {
    lease:
      workflow === null
        ? null
        : {
            epoch: Number(epoch),
            workflow: String(workflow),
            amount_nano: amountOf(row!.amount_nano),
            expires_at: Number(row!.expires_at),
            single: row!.single === 1,
            turn_limit_nano: turn_limit_nano === null ? null : amountOf(turn_limit_nano),
          },
    epoch: Number(epoch),
    unsure_until: workflow === null ? Number(row!.expires_at) : 0,
    chat_cost_nano: amountOf(row!.chat_cost_nano),
    balance_nano: amountOf(row!.balance_nano),
    newest_alert: row!.newest_alert === null ? null : Number(row!.newest_alert),
    run_id: String(row!.run_id),
    run_cost_nano: amountOf(row!.run_cost_nano),
    recent_nano: amountOf(row!.recent_nano),
    need_nano: amountOf(row!.need_nano),
    used_at: Number(row!.used_at),
  };
}

/** See `leaseBooks`, which also remembers it. */
export function writeHeldLease(sql: Sql, change: Partial<HeldLease>): void {
  const { lease, unsure_until = 0, ...rest } = change;
  const columns: Record<string, SqlValue | bigint> = { ...rest };
  if (lease !== undefined) {
    columns.workflow = lease?.workflow ?? null;
    columns.amount_nano = lease?.amount_nano ?? 0n;
    columns.expires_at = lease?.expires_at ?? unsure_until;
    columns.single = lease?.single ? 1 : 0;
    columns.turn_limit_nano = lease?.turn_limit_nano ?? null;
    if (lease) columns.epoch = lease.epoch;
  }
  const names = Object.keys(columns);
  const isAmount = (name: string) => (AMOUNTS as readonly string[]).includes(name);
  sql.exec(
    `UPDATE lease SET ${names.map((name) => `${name} = ${isAmount(name) ? "CAST(? AS INTEGER)" : "?"}`).join(", ")}`,
    ...Object.values(columns).map((value) => (typeof value === "bigint" ? String(value) : value)),
  );
}
