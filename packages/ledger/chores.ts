import type { Sql } from "#base/sql";
import type { LedgerDeps } from "./deps.ts";
import { LEDGER_LIMITS } from "./limits.ts";

/** What is done for the world beyond the ledger, by its alarm; nothing in the ledger waits for it. */
export type Chore = "outbox";

/** Whether there is anything to do, as one number: the time from which on; null for never. */
const DUE: Record<Chore, string> = {
  outbox: `SELECT 0 AS at WHERE EXISTS (SELECT 1 FROM rollups
    WHERE grain = 'month' AND dim = 'user' AND seq > (SELECT outbox_seq FROM ledger))`,
};

/** When a chore is next to be done, in milliseconds since the epoch: it may be past. Null when there is nothing to do. */
export function choreDue(sql: Sql, chore: Chore): number | null {
  const [wanted] = sql.exec(DUE[chore]);
  if (typeof wanted?.at !== "number") return null;
  const [row] = sql.exec("SELECT not_before FROM chores WHERE name = ?", chore);
  return Math.max(wanted.at, Number(row!.not_before));
}

/** Notes that a chore was done, or that it failed: then it is tried again later, and ever later. */
export function noteChore(deps: LedgerDeps, chore: Chore, outcome: "done" | "failed"): void {
  const { sql, clock } = deps;
  const [row] = sql.exec("SELECT failures FROM chores WHERE name = ?", chore);
  const failures = outcome === "done" ? 0 : Number(row!.failures) + 1;
  const wait = outcome === "done" ? PAUSE_MS[chore] : backoffMs(failures);
  sql.exec(
    "UPDATE chores SET not_before = ?, failures = ? WHERE name = ?",
    clock.now() + wait,
    failures,
    chore,
  );
}

const PAUSE_MS: Record<Chore, number> = { outbox: LEDGER_LIMITS.outboxPauseMs };

/** Doubles with each failure. */
function backoffMs(failures: number): number {
  return Math.min(
    LEDGER_LIMITS.choreRetryMs * 2 ** Math.min(failures - 1, 20),
    LEDGER_LIMITS.choreRetryMaxMs,
  );
}
