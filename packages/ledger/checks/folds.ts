import { SUM_NAMES } from "../totals.ts";

const SUMMED = ["runs", ...SUM_NAMES];

const asText = (columns: readonly string[]) => columns.join(" || ',' || ");
const KEPT = asText(SUMMED);
const FOLDED = asText(SUMMED.map((name) => `SUM(${name === "runs" ? "starts_run" : name})`));
/** A statement counts no runs. */
const LINE_KEPT = asText(SUM_NAMES);
const LINE_FOLDED = asText(SUM_NAMES.map((name) => `SUM(${name})`));

/** Windows and chats of which no row has gone to the archive: of the others only the sum of all can be compared. */
const WHOLE = {
  hour: "start_at > COALESCE((SELECT MAX(newest_hour_at) FROM archive_parts), -1)",
  day: "start_at > COALESCE((SELECT MAX(newest_day_at) FROM archive_parts), -1)",
  month: "start_at NOT IN (SELECT month_at FROM archive_parts)",
};

/** Every kept sum (`kept`) beside that of the rows it adds up (`folded`): one query a breakdown. */
export const FOLDS: readonly string[] = [
  ...(["hour", "day", "month"] as const).flatMap((grain) =>
    (grain === "hour" ? ["total"] : ["total", "user", "workflow", "model", "chat"]).map((dim) => {
      const key = dim === "total" ? "''" : dim === "workflow" || dim === "model" ? dim : `${dim}_id`;
      return `SELECT (SELECT ${KEPT} FROM rollups WHERE grain = '${grain}' AND start_at = rows.start_at
          AND dim = '${dim}' AND key = rows.key) AS kept, folded
        FROM (SELECT ${grain}_at AS start_at, ${key} AS key, ${FOLDED} AS folded FROM usage_rows GROUP BY 1, 2) AS rows
        WHERE ${WHOLE[grain]}`;
    }),
  ),
  `SELECT (SELECT ${KEPT} FROM chat_sums WHERE chat_sums.chat_id = rows.chat_id
      AND chat_sums.user_id = rows.user_id AND chat_sums.agent = rows.agent AND chat_sums.model = rows.model) AS kept, folded
    FROM (SELECT chat_id, user_id, agent, model, ${FOLDED} AS folded FROM usage_rows GROUP BY 1, 2, 3, 4) AS rows
    WHERE chat_id NOT IN (SELECT chat_id FROM archived_runs)`,
  `SELECT (SELECT ${LINE_KEPT} FROM month_lines AS line WHERE line.month_at = rows.start_at AND line.workflow = rows.workflow
      AND line.model = rows.model AND line.price_version = rows.price_version) AS kept, folded
    FROM (SELECT month_at AS start_at, workflow, model, price_version, ${LINE_FOLDED} AS folded
      FROM usage_rows GROUP BY 1, 2, 3, 4) AS rows
    WHERE ${WHOLE.month}`,
  `SELECT amount_nano AS kept, folded FROM (
      SELECT month_at, account_id, kind, SUM(amount_nano) AS folded FROM (
        SELECT month_at, account_id, transfers.kind AS kind, amount_nano FROM entries
          JOIN transfers USING (transfer_id) JOIN accounts USING (account_id) WHERE book = 'platform'
        UNION ALL SELECT month_at, account_id, archived_entries.kind, amount_nano FROM archived_entries
          JOIN accounts USING (account_id) WHERE book = 'platform')
      GROUP BY 1, 2, 3) AS moved
    LEFT JOIN month_moves USING (month_at, account_id, kind)`,
];
