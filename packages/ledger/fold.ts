import { LEDGER_LIMITS } from "./limits.ts";
import type { Op } from "./operate.ts";
import { SUM_NAMES } from "./totals.ts";

const DIMS = ["total", "user", "workflow", "model", "chat"];
const LINES = [
  ...["month", "day"].flatMap((grain) => DIMS.map((dim) => `('${grain}', '${dim}')`)),
  "('hour', 'total')",
];

const SUMMED = SUM_NAMES.map((name) => `SUM(${name})`).join(", ");
const ADD = SUM_NAMES.map((name) => `${name} = ${name} + excluded.${name}`).join(", ");

const NEW_ROWS = "row_id > (SELECT folded_row_id FROM ledger)";
const NEW_TRANSFERS = "transfer_id > (SELECT folded_transfer_id FROM ledger)";

/** The highest number by which a sum is passed on; no sum is ever deleted. */
export const NEWEST_SUM = `(SELECT COALESCE(MAX(seq), 0) FROM rollups INDEXED BY rollups_outbox
  WHERE grain = 'month' AND dim = 'user')`;

const FOLD = [
  // Each user's month gets a number of its own, so that any number of them can be passed on at a time.
  `INSERT INTO rollups (grain, start_at, dim, key, seq, runs, ${SUM_NAMES.join(", ")})
   SELECT grain, CASE grain WHEN 'month' THEN month_at WHEN 'day' THEN day_at ELSE hour_at END, dim,
     CASE dim WHEN 'user' THEN user_id WHEN 'workflow' THEN workflow WHEN 'model' THEN model WHEN 'chat' THEN chat_id ELSE '' END,
     ${NEWEST_SUM} + ROW_NUMBER() OVER (PARTITION BY grain, dim ORDER BY MAX(row_id)), SUM(starts_run), ${SUMMED}
   FROM usage_rows CROSS JOIN (SELECT column1 AS grain, column2 AS dim FROM (VALUES ${LINES.join(", ")}))
   WHERE ${NEW_ROWS} GROUP BY 1, 2, 3, 4
   ON CONFLICT DO UPDATE SET runs = runs + excluded.runs, ${ADD}, seq = excluded.seq`,
  `INSERT INTO month_lines (month_at, workflow, model, price_version, ${SUM_NAMES.join(", ")})
   SELECT month_at, workflow, model, price_version, ${SUMMED} FROM usage_rows WHERE ${NEW_ROWS} GROUP BY 1, 2, 3, 4
   ON CONFLICT DO UPDATE SET ${ADD}`,
  // Of the platform's book: in the owner's each user has an account, and no statement is made of it.
  `INSERT INTO month_moves (month_at, account_id, kind, amount_nano)
   SELECT month_at, account_id, transfers.kind, SUM(amount_nano)
   FROM transfers JOIN entries USING (transfer_id) JOIN accounts USING (account_id)
   WHERE ${NEW_TRANSFERS} AND book = 'platform' GROUP BY 1, 2, 3
   ON CONFLICT DO UPDATE SET amount_nano = amount_nano + excluded.amount_nano`,
  `UPDATE ledger SET
     folded_row_id = MAX(folded_row_id, COALESCE((SELECT MAX(row_id) FROM usage_rows), 0)),
     folded_transfer_id = MAX(folded_transfer_id, COALESCE((SELECT MAX(transfer_id) FROM transfers), 0))
   WHERE (SELECT MAX(row_id) FROM usage_rows) > folded_row_id
     OR (SELECT MAX(transfer_id) FROM transfers) > folded_transfer_id`,
];

/**
 * Adds what has come since the last time to the sums by window, by line of a statement and by movement: many rows by
 * few writes. Every reader of these sums does it first (`lookAtSums`), so a figure that is read is exact.
 */
export function fold({ sql, kept }: Pick<Op, "sql" | "kept">): void {
  if (kept.unfolded === 0) return;
  for (const statement of FOLD) sql.exec(statement);
  kept.unfolded = 0;
}

/** A row of usage or a transfer was written. */
export function noteUnfolded({ kept }: Pick<Op, "kept">): void {
  if (kept.unfolded !== undefined) kept.unfolded += 1;
}

/** Nobody may read for a long time: what is to be added stays little. */
export function foldIfMany(op: Pick<Op, "sql" | "kept">): void {
  op.kept.unfolded ??= countUnfolded(op);
  if (op.kept.unfolded >= LEDGER_LIMITS.mostUnfolded) fold(op);
}

function countUnfolded({ sql }: Pick<Op, "sql">): number {
  const [row] = sql.exec(
    `SELECT (SELECT COUNT(*) FROM usage_rows WHERE ${NEW_ROWS}) + (SELECT COUNT(*) FROM transfers WHERE ${NEW_TRANSFERS}) AS n`,
  );
  return Number(row!.n);
}
