import type { ArchivePart } from "./archive-part.ts";
import { dropArchivedLinks } from "./chain.ts";
import type { LedgerDeps } from "./deps.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { lookAtSums, type Op } from "./operate.ts";
import { SUM_NAMES } from "./totals.ts";

/**
 * Lets the rows of a part go, once its file is written: what they come to is noted, so that every sum stays what it
 * was, and rows, entries, transfers and calls are deleted. One transaction: all of it or nothing.
 * @param sha256 of the file, in hex
 * @returns false, with no effect, where these rows have gone already
 */
export function recordArchived(deps: LedgerDeps, part: ArchivePart, sha256: string): boolean {
  return lookAtSums(deps, (op) => {
    const [here] = op.sql.exec(`SELECT COUNT(*) AS n FROM usage_rows WHERE ${IN_PART}`, ...bounds(part));
    if (here!.n !== part.rows) return false;
    const transfers = list(
      op,
      `SELECT transfer_id FROM usage_rows WHERE ${IN_PART} AND transfer_id IS NOT NULL`,
      ...bounds(part),
    );
    note(op, part, sha256, transfers);
    const calls = noteCalls(op, part);
    for (const [query, ...params] of [
      [`DELETE FROM usage_rows WHERE ${IN_PART}`, ...bounds(part)],
      ["DELETE FROM entries WHERE transfer_id IN (SELECT value FROM json_each(?))", transfers],
      ["DELETE FROM transfers WHERE transfer_id IN (SELECT value FROM json_each(?))", transfers],
      ["DELETE FROM holds WHERE call_id IN (SELECT value FROM json_each(?))", calls],
      ["DELETE FROM archive_split WHERE call_id IN (SELECT value FROM json_each(?))", calls],
    ] as const) {
      op.sql.exec(query, ...params);
    }
    dropArchivedLinks(op, part.last_row_id);
    forgetVoided(op);
    return true;
  });
}

const IN_PART = "row_id BETWEEN ? AND ?";
const bounds = (part: ArchivePart) => [part.first_row_id, part.last_row_id] as const;

/** The values of a query's only column, as a JSON list: one parameter, however many they are. */
function list(op: Op, query: string, ...params: (string | number)[]): string {
  return JSON.stringify(op.sql.exec(query, ...params).map((row) => Object.values(row)[0]));
}

function note(op: Op, part: ArchivePart, sha256: string, transfers: string): void {
  op.sql.exec(
    `INSERT INTO archive_parts (first_row_id, last_row_id, last_transfer_id, month_at, newest_day_at, newest_hour_at,
       rows, sha256, at, runs, ${SUM_NAMES.join(", ")})
     SELECT MIN(row_id), MAX(row_id),
       MAX(COALESCE(MAX(transfer_id), 0), (SELECT COALESCE(MAX(last_transfer_id), 0) FROM archive_parts)),
       MAX(month_at), MAX(day_at), MAX(hour_at), COUNT(*), ?, ?, SUM(starts_run),
       ${SUM_NAMES.map((name) => `SUM(${name})`).join(", ")}
     FROM usage_rows WHERE ${IN_PART}`,
    sha256,
    op.now,
    ...bounds(part),
  );
  op.sql.exec(
    `INSERT INTO archived_entries (month_at, account_id, kind, amount_nano)
     SELECT month_at, account_id, kind, SUM(amount_nano) FROM transfers JOIN entries USING (transfer_id)
     WHERE transfer_id IN (SELECT value FROM json_each(?)) GROUP BY month_at, account_id, kind
     ON CONFLICT DO UPDATE SET amount_nano = amount_nano + excluded.amount_nano`,
    transfers,
  );
  op.sql.exec(
    `INSERT INTO archived_runs (chat_id, run_id, lines)
     SELECT chat_id, run_id, COUNT(*) FROM usage_rows WHERE ${IN_PART} GROUP BY chat_id, run_id
     ON CONFLICT DO UPDATE SET lines = lines + excluded.lines`,
    ...bounds(part),
  );
}

/** A call goes with the last of its rows: one that was trued up a month later stays until then. @returns those that go */
function noteCalls(op: Op, part: ArchivePart): string {
  const calls = list(
    op,
    `SELECT DISTINCT call_id FROM usage_rows AS row WHERE ${IN_PART} AND NOT EXISTS
       (SELECT 1 FROM usage_rows AS later WHERE later.call_id = row.call_id AND later.row_id > ?)`,
    ...bounds(part),
    part.last_row_id,
  );
  op.sql.exec("INSERT INTO archived_calls (call_id) SELECT value FROM json_each(?)", calls);
  op.sql.exec(
    `INSERT INTO archive_split (call_id, charges, estimates, reversals)
     SELECT call_id, SUM(role = 'charge'), SUM(role = 'estimate'), SUM(role = 'reversal') FROM usage_rows
     WHERE ${IN_PART} AND call_id NOT IN (SELECT value FROM json_each(?)) GROUP BY call_id
     ON CONFLICT DO UPDATE SET charges = charges + excluded.charges, estimates = estimates + excluded.estimates,
       reversals = reversals + excluded.reversals`,
    ...bounds(part),
    calls,
  );
  return calls;
}

/** Calls that never were have no rows to go with: they go when they are as old. */
function forgetVoided(op: Op): void {
  const calls = list(
    op,
    `SELECT call_id FROM holds WHERE state = 'void' AND ended_at <= ?
       AND NOT EXISTS (SELECT 1 FROM usage_rows WHERE usage_rows.call_id = holds.call_id)
       AND NOT EXISTS (SELECT 1 FROM archive_split WHERE archive_split.call_id = holds.call_id)
     ORDER BY ended_at LIMIT ?`,
    op.now - LEDGER_LIMITS.archiveAfterMs,
    LEDGER_LIMITS.archivePartRows,
  );
  op.sql.exec("INSERT INTO archived_calls (call_id) SELECT value FROM json_each(?)", calls);
  op.sql.exec("DELETE FROM holds WHERE call_id IN (SELECT value FROM json_each(?))", calls);
}
