import { ARCHIVE_MONTH } from "./archive-part.ts";
import type { LedgerDeps } from "./deps.ts";
import { LEDGER_LIMITS } from "./limits.ts";

/** What is done for the world beyond the ledger, by its alarm; nothing in the ledger waits for it. */
export type Chore = "outbox" | "archive";

/** Whether there is anything to do, as one number: the time from which on; null for never. */
// The planner would rather scan the lines of all months.
const DUE: Record<Chore, string> = {
  outbox: `SELECT 0 AS at FROM ledger WHERE (SELECT MAX(row_id) FROM usage_rows) > folded_row_id OR EXISTS (
    SELECT 1 FROM rollups INDEXED BY rollups_outbox WHERE grain = 'month' AND dim = 'user' AND seq > outbox_seq)`,
  archive: ARCHIVE_MONTH,
};

/** When a chore is next to be done, in milliseconds since the epoch: it may be past. Null when there is nothing to do. */
export function choreDue({ sql, clock }: LedgerDeps, chore: Chore): number | null {
  const [wanted] = sql.exec(DUE[chore]);
  if (typeof wanted?.at !== "number") return null;
  const [row] = sql.exec("SELECT not_before FROM chores WHERE name = ?", chore);
  // Noted by a clock that was far ahead, it would never come.
  const notBefore = Number(row!.not_before);
  const isWrong = notBefore > clock.now() + LEDGER_LIMITS.choreRetryMaxMs;
  return Math.max(wanted.at, isWrong ? 0 : notBefore);
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

const PAUSE_MS: Record<Chore, number> = { outbox: LEDGER_LIMITS.outboxPauseMs, archive: 0 };

/** Doubles with each failure. */
function backoffMs(failures: number): number {
  return Math.min(
    LEDGER_LIMITS.choreRetryMs * 2 ** Math.min(failures - 1, 20),
    LEDGER_LIMITS.choreRetryMaxMs,
  );
}
