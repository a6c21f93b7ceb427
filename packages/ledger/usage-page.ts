import { isoTime } from "#base/clock";
import type { SqlRow } from "#base/sql";
import type { UsageExportRow } from "#protocol/api/usage-export";
import { partName } from "./archive-part-name.ts";
import type { LedgerDeps } from "./deps.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { look, type Op } from "./operate.ts";
import { monthOf, openWindow, type Window, windowsLabelled } from "./windows.ts";

/** Some raw usage of a month, oldest first: rows, or the file of the archive that has the next ones. */
export type UsagePage = {
  /** `YYYY-MM` */
  period: string;
  rows: UsageExportRow[];
  part: { name: string; sha256: string } | null;
  /** The `after` of the next page; null on the last. */
  next: number | null;
};

/** The raw usage of a month (this one by default) after row `after`. @throws RangeError for a malformed period. */
export function usagePage(deps: LedgerDeps, after: number, asked?: string): UsagePage {
  return look(deps, (op) => {
    const period = asked ?? openWindow(op, "month").label;
    const { windows } = monthOf(op, period);
    const [part] = op.sql.exec(
      `SELECT first_row_id, last_row_id, sha256 FROM archive_parts
       WHERE month_at BETWEEN ? AND ? AND last_row_id > ? ORDER BY last_row_id LIMIT 1`,
      windows.first,
      windows.last,
      after,
    );
    if (part) {
      const file = { name: partName(Number(part.first_row_id)), sha256: String(part.sha256) };
      return { period, rows: [], part: file, next: Number(part.last_row_id) };
    }
    const rows = rowsOf(op, windowsLabelled(op, "month", period), after, LEDGER_LIMITS.exportPageRows);
    const isLast = rows.length < LEDGER_LIMITS.exportPageRows;
    return { period, rows, part: null, next: isLast ? null : rows.at(-1)!.row_id };
  });
}

/** Window by window: of each the rows are found in order, however many there are. */
function rowsOf(op: Op, windows: readonly Window[], after: number, limit: number): UsageExportRow[] {
  const rows: UsageExportRow[] = [];
  for (const { start } of windows) {
    const found = op.sql.exec(
      `SELECT ${EXPORT_COLUMNS} FROM usage_rows WHERE month_at = ? AND row_id > ? ORDER BY row_id LIMIT ?`,
      start,
      after,
      limit - rows.length,
    );
    rows.push(...found.map(exportRowOf));
  }
  return rows;
}

export const EXPORT_COLUMNS = `row_id, at, call_id, attempt, role, user_id, chat_id, run_id, workflow, agent, model,
  price_version, calls, input, cache_read, cache_write, output, reasoning, CAST(cost_nano AS TEXT) AS cost_nano, source,
  response_id, raw`;

export function exportRowOf(row: SqlRow): UsageExportRow {
  return { ...(row as unknown as UsageExportRow), at: isoTime(Number(row.at)) };
}
