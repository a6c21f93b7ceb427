import type { SqlRow } from "#base/sql";
import { partName } from "./archive-part-name.ts";
import type { LedgerDeps } from "./deps.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { look, type Op } from "./operate.ts";
import { EXPORT_COLUMNS, exportRowOf } from "./usage-page.ts";

/** Rows of one month that are to leave, as the text of a file. The same rows make the same text, name and bounds. */
export type ArchivePart = {
  /** `YYYY-MM` */
  period: string;
  name: string;
  first_row_id: number;
  last_row_id: number;
  rows: number;
  /** NDJSON: the row as it is exported, and under `ledger` what else it was: its entries, its windows. */
  text: string;
};

/**
 * The next rows to go to the archive: the oldest of a month that ended long enough ago. Null for none.
 * @param limit most rows of the part
 * @throws Error while the clock can't be right: nothing leaves by a wrong time.
 */
export function nextArchivePart(
  deps: LedgerDeps,
  limit: number = LEDGER_LIMITS.archivePartRows,
): ArchivePart | null {
  return look(deps, (op) => {
    const [month] = op.sql.exec(ARCHIVE_MONTH);
    if (!month || Number(month.at) > deps.clock.now()) return null;
    if (Number(month.at) > op.now) throw new Error("the clock can't be right");
    const rows = op.sql.exec(
      `SELECT ${EXPORT_COLUMNS}, transfer_id, starts_run, day_at, month_at FROM usage_rows
       WHERE month_at = ? ORDER BY row_id LIMIT ?`,
      month.start_at!,
      limit,
    );
    const [first, last] = [Number(rows[0]!.row_id), Number(rows.at(-1)!.row_id)];
    const entries = entriesOf(op, rows);
    return {
      period: String(month.label),
      name: partName(first),
      first_row_id: first,
      last_row_id: last,
      rows: rows.length,
      text: rows.map((row) => `${JSON.stringify(lineOf(row, entries))}\n`).join(""),
    };
  });
}

/** The month of the oldest row that is still here, and from when on (`at`) it may leave. */
export const ARCHIVE_MONTH = `SELECT start_at, label, end_at + ${LEDGER_LIMITS.archiveAfterMs} AS at FROM windows
  WHERE grain = 'month' AND start_at = (SELECT month_at FROM usage_rows ORDER BY row_id LIMIT 1)`;

type Entries = Map<number, [account: string, amount: string][]>;

function entriesOf(op: Op, rows: readonly SqlRow[]): Entries {
  const ids = rows.flatMap((row) => (row.transfer_id === null ? [] : [row.transfer_id]));
  const entries: Entries = new Map();
  for (const { transfer_id, account_id, amount } of op.sql.exec(
    `SELECT transfer_id, account_id, CAST(amount_nano AS TEXT) AS amount FROM entries
     WHERE transfer_id IN (SELECT value FROM json_each(?)) ORDER BY transfer_id, account_id`,
    JSON.stringify(ids),
  )) {
    const id = Number(transfer_id);
    entries.set(id, [...(entries.get(id) ?? []), [String(account_id), String(amount)]]);
  }
  return entries;
}

function lineOf({ transfer_id, starts_run, day_at, month_at, ...row }: SqlRow, entries: Entries) {
  const own = entries.get(Number(transfer_id)) ?? [];
  return { ...exportRowOf(row), ledger: { transfer_id, entries: own, starts_run, day_at, month_at } };
}
