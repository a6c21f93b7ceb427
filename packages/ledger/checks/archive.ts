import { SUM_NAMES } from "../totals.ts";

const ALL = ["runs", ...SUM_NAMES];
const asText = (columns: readonly string[]) => columns.join(" || ',' || ");
const summed = (names: readonly string[]) => asText(names.map((name) => `COALESCE(SUM(${name}), 0)`));
const DIMS = ["user", "workflow", "model", "chat"];

/** The archive: what has left, beside the sums that were kept of it. */
export const ARCHIVE_CHECK: [id: string, says: string, ...queries: string[]] = [
  "A1",
  "what has gone to the archive is counted: its parts follow one another, and its sums are those of its months",
  `SELECT COALESCE(SUM(rows), 0) AS checked,
       COALESCE(SUM(rows <> last_row_id - first_row_id + 1 OR first_row_id <> before + 1), 0) +
       COALESCE((SELECT MIN(row_id) FROM usage_rows) <> (SELECT COALESCE(MAX(last_row_id), 0) + 1 FROM archive_parts), 0) AS violations
     FROM (SELECT *, LAG(last_row_id, 1, 0) OVER (ORDER BY last_row_id) AS before FROM archive_parts)`,
  // Of a month that is leaving, part is here and part is there.
  `SELECT COUNT(*) AS checked, SUM(kept IS NOT folded) AS violations FROM (
     SELECT (SELECT ${asText(ALL)} FROM rollups WHERE grain = 'month' AND dim = 'total' AND key = '' AND start_at = month_at) AS kept,
       ${summed(ALL)} AS folded
     FROM (SELECT month_at, ${ALL.join(", ")} FROM archive_parts UNION ALL
       SELECT month_at, starts_run, ${SUM_NAMES.join(", ")} FROM usage_rows
       WHERE month_at IN (SELECT month_at FROM archive_parts))
     GROUP BY month_at)`,
  ...DIMS.map(
    (dim) => `SELECT COUNT(*) AS checked, SUM(kept IS NOT folded) AS violations FROM (
       SELECT (SELECT ${asText(ALL)} FROM rollups AS total WHERE total.grain = 'month' AND total.dim = 'total'
           AND total.key = '' AND total.start_at = part.start_at) AS kept, ${summed(ALL)} AS folded
       FROM rollups AS part WHERE grain = 'month' AND dim = '${dim}' AND start_at IN (SELECT month_at FROM archive_parts)
       GROUP BY start_at)`,
  ),
  // Days and hours need not end with the month, but all of them together are all that was used.
  ...[
    "rollups WHERE grain = 'hour'",
    ...["total", ...DIMS].map((dim) => `rollups WHERE grain = 'day' AND dim = '${dim}'`),
    "chat_sums",
  ].map(
    (table) => `SELECT 1 AS checked,
       (SELECT ${summed(ALL)} FROM rollups WHERE grain = 'month' AND dim = 'total') IS NOT
       (SELECT ${summed(ALL)} FROM ${table}) AS violations`,
  ),
  `SELECT 1 AS checked, (SELECT ${summed(SUM_NAMES)} FROM rollups WHERE grain = 'month' AND dim = 'total') IS NOT
     (SELECT ${summed(SUM_NAMES)} FROM month_lines) AS violations`,
  `SELECT COUNT(*) AS checked, COALESCE(SUM(lines), 0) <> (SELECT COALESCE(SUM(rows), 0) FROM archive_parts) AS violations
     FROM archived_runs`,
  "SELECT COUNT(*) AS checked, SUM(total <> 0) AS violations FROM (SELECT SUM(amount_nano) AS total FROM archived_entries JOIN accounts USING (account_id) GROUP BY month_at, archived_entries.kind, book)",
  `SELECT COUNT(*) AS checked, SUM(cost_nano <> (SELECT COALESCE(SUM(amount_nano), 0) FROM archived_entries AS gone
       JOIN accounts USING (account_id) WHERE gone.month_at = month.month_at AND accounts.kind IN ('revenue', 'share'))) AS violations
     FROM (SELECT month_at, SUM(cost_nano) AS cost_nano FROM archive_parts GROUP BY month_at) AS month`,
  `SELECT (SELECT COUNT(*) FROM archived_calls) AS checked,
     (SELECT COUNT(*) FROM holds JOIN archived_calls USING (call_id)) +
     (SELECT COUNT(*) FROM archive_split LEFT JOIN holds USING (call_id) WHERE holds.call_id IS NULL) AS violations`,
];
