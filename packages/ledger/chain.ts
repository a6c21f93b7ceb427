import type { Sql, SqlRow } from "#base/sql";
import type { LedgerDeps } from "./deps.ts";
import type { Op } from "./operate.ts";
import type { Check } from "./self-check.ts";

/** All that a row of usage says, and where its money went, as one text. */
const TEXT = `json_array(row_id, call_id, attempt, role, at, month_at, user_id, chat_id, run_id, workflow, agent, model,
  price_version, input, cache_read, cache_write, output, reasoning, cost_nano, source, response_id, raw,
  (SELECT json_group_array(json_array(account_id, amount_nano)) FROM
    (SELECT account_id, amount_nano FROM entries WHERE entries.transfer_id = usage_rows.transfer_id ORDER BY account_id)))`;

/** What `link` needs of a row of usage: asked for as it is inserted. */
export const LINK_COLUMNS = `row_id, ${TEXT} AS text,
  (SELECT chain FROM usage_chain ORDER BY row_id DESC LIMIT 1) AS before`;

/**
 * Binds the newest row of usage to all before it: SHA-256 of the link before and of what the row says. A row that is
 * changed, taken out or put in later breaks every link from there on, and `GET …/check` shows it (T36).
 * @param row its `LINK_COLUMNS`
 */
export function link(op: Op, row: SqlRow): void {
  op.sql.exec(
    "INSERT INTO usage_chain (row_id, chain) VALUES (?, ?)",
    row.row_id!,
    op.hash(`${row.before ?? ""}\n${row.text}`),
  );
}

/** Links of rows that have gone to the archive go too, but for the last. */
export function dropArchivedLinks(op: Op, lastRowId: number): void {
  op.sql.exec("DELETE FROM usage_chain WHERE row_id < ?", lastRowId);
}

const PAGE_ROWS = 1_000;

/** Follows the chain through everything stored. Rows from before there was a chain are not in it. */
export function checkChain({ sql, hash }: Pick<LedgerDeps, "sql" | "hash">): Check {
  let [checked, violations, after] = [0, 0, 0];
  let before: string | null = null;
  for (;;) {
    const rows = page(sql, after);
    for (const row of rows) {
      // The first link may be of a row in the archive: what follows hangs on it.
      const isBase = before === null && row.text === null;
      if (!isBase && (row.text === null || hash(`${before ?? ""}\n${row.text}`) !== row.chain)) violations++;
      checked++;
      before = String(row.chain);
      after = Number(row.row_id);
    }
    if (rows.length < PAGE_ROWS) break;
  }
  const [loose] = sql.exec(
    `SELECT COUNT(*) AS n FROM usage_rows WHERE row_id > (SELECT MIN(row_id) FROM usage_chain)
       AND row_id NOT IN (SELECT row_id FROM usage_chain)`,
  );
  violations += Number(loose!.n);
  return { id: "T36", says: "each row of usage is bound to all before it", checked, violations };
}

function page(sql: Sql, after: number): SqlRow[] {
  return sql.exec(
    `SELECT usage_chain.row_id AS row_id, chain, CASE WHEN usage_rows.row_id IS NULL THEN NULL ELSE ${TEXT.replace("json_array(row_id", "json_array(usage_rows.row_id")} END AS text
     FROM usage_chain LEFT JOIN usage_rows USING (row_id) WHERE usage_chain.row_id > ? ORDER BY usage_chain.row_id LIMIT ?`,
    after,
    PAGE_ROWS,
  );
}
