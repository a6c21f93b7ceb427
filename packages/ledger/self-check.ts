import type { Sql, SqlRow } from "#base/sql";
import { costNano } from "./cost.ts";
import { timesCounts } from "./counts.ts";
import type { LedgerDeps } from "./deps.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { picoOf } from "./price-book.ts";
import { type UsageRow, usageRowsAfter } from "./usage-rows.ts";

/** One invariant over all stored data: how many things were looked at, and how many broke it. */
export type Check = { id: string; says: string; checked: number; violations: number };
export type SelfCheck = { ok: boolean; checks: Check[] };

const SUMMED = [
  "runs",
  "calls",
  "input",
  "cache_read",
  "cache_write",
  "output",
  "reasoning",
  "cost_nano",
] as const;
const KEPT = SUMMED.join(" || ',' || ");
const FOLDED = SUMMED.map((name) => `SUM(${name === "runs" ? "starts_run" : name})`).join(" || ',' || ");

/** Every kept sum beside the rows it adds up. */
const FOLDS = (["hour", "day", "month"] as const)
  .flatMap((grain) =>
    (grain === "hour" ? ["total"] : ["total", "user", "workflow", "model", "chat"]).map((dim) => {
      const key = dim === "total" ? "''" : dim === "workflow" || dim === "model" ? dim : `${dim}_id`;
      return `SELECT (SELECT ${KEPT} FROM rollups WHERE grain = '${grain}' AND start_at = rows.start_at
          AND dim = '${dim}' AND key = rows.key) AS kept, folded
        FROM (SELECT ${grain}_at AS start_at, ${key} AS key, ${FOLDED} AS folded FROM usage_rows GROUP BY 1, 2) AS rows`;
    }),
  )
  .concat(`SELECT (SELECT ${KEPT} FROM chat_sums WHERE chat_sums.chat_id = rows.chat_id
      AND chat_sums.user_id = rows.user_id AND chat_sums.agent = rows.agent AND chat_sums.model = rows.model) AS kept, folded
    FROM (SELECT chat_id, user_id, agent, model, ${FOLDED} AS folded FROM usage_rows GROUP BY 1, 2, 3, 4) AS rows`);

/** Each query answers one row: `checked`, `violations`. `:now` and `:enterprise` are bound where named. */
const CHECKS: [id: string, says: string, ...queries: string[]][] = [
  [
    "I1",
    "each transfer's entries sum to zero, in each book",
    `SELECT (SELECT COUNT(*) FROM transfers) AS checked, SUM(total <> 0 OR n < 2) AS violations FROM (
       SELECT COALESCE(SUM(amount_nano), 0) AS total, COUNT(amount_nano) AS n
       FROM transfers LEFT JOIN entries USING (transfer_id) LEFT JOIN accounts USING (account_id)
       GROUP BY transfer_id, book)`,
  ],
  [
    "I2",
    "each balance is the sum of its entries",
    `SELECT COUNT(*) AS checked, SUM(balance_nano <> COALESCE(folded, 0)) AS violations
     FROM accounts LEFT JOIN (SELECT account_id, SUM(amount_nano) AS folded FROM entries GROUP BY account_id)
       USING (account_id)`,
  ],
  [
    "I3",
    "no bucket is below its floor, and no debt above its overdraft or below nothing",
    `SELECT COUNT(*) AS checked,
       SUM(balance_nano - held_nano < floor_nano OR (kind = 'overdraft' AND balance_nano > 0)) AS violations
     FROM accounts WHERE kind IN ('bucket', 'overdraft')`,
  ],
  [
    "I4",
    "what is held is the sum of the open holds and leases, and none is long overdue",
    `WITH open AS (
       SELECT amount_nano, buckets, expires_at FROM holds WHERE state = 'open'
       UNION ALL SELECT amount_nano, buckets, expires_at FROM leases WHERE ended_at IS NULL)
     SELECT COUNT(*) AS checked, SUM(held_nano <> folded) + (
         SELECT COUNT(*) FROM open WHERE expires_at + ${LEDGER_LIMITS.holdGraceMs} < :now
       ) + (
         SELECT COUNT(*) FROM open WHERE amount_nano <>
           (SELECT COALESCE(SUM(CAST(value AS INTEGER)), 0) FROM json_each(open.buckets))
       ) AS violations FROM (
       SELECT held_nano, COALESCE(taken.amount, 0) AS folded FROM accounts LEFT JOIN (
         SELECT key, SUM(CAST(value AS INTEGER)) AS amount FROM open, json_each(open.buckets)
         GROUP BY key) AS taken ON taken.key = accounts.account_id)`,
  ],
  [
    "I5",
    "a hold ends once: its rows fit the way it ended",
    `SELECT COUNT(*) AS checked, SUM(CASE state
         WHEN 'open' THEN charges + estimates + reversals > 0
         WHEN 'settled' THEN charges = 0 OR estimates <> reversals
         WHEN 'estimated' THEN charges > 0 OR estimates <> 1 OR reversals > 0
         ELSE charges > 0 OR estimates <> reversals END) AS violations FROM (
       SELECT state, COUNT(*) FILTER (WHERE role = 'charge') AS charges,
         COUNT(*) FILTER (WHERE role = 'estimate') AS estimates, COUNT(*) FILTER (WHERE role = 'reversal') AS reversals
       FROM holds LEFT JOIN usage_rows USING (call_id) GROUP BY holds.call_id)`,
  ],
  [
    "I7",
    "one delivery or many: one row per call, attempt and role; one bucket per key",
    `SELECT (SELECT COUNT(*) FROM usage_rows) + (SELECT COUNT(*) FROM accounts WHERE kind = 'bucket') AS checked,
       (SELECT COUNT(*) FROM (SELECT 1 FROM usage_rows GROUP BY call_id, attempt, role HAVING COUNT(*) > 1)) +
       (SELECT COUNT(*) FROM (SELECT 1 FROM accounts WHERE kind = 'bucket' GROUP BY credit_key HAVING COUNT(*) > 1)) AS violations`,
  ],
  [
    "I8",
    "a key keeps its first payload: each credit still has the amount it was granted with",
    `SELECT COUNT(*) AS checked, SUM(granted_nano <> COALESCE(folded, 0)) AS violations
     FROM accounts LEFT JOIN (
       SELECT account_id, SUM(amount_nano) AS folded FROM transfers JOIN entries USING (transfer_id)
       WHERE transfers.kind = 'credit' GROUP BY account_id) USING (account_id)
     WHERE accounts.kind = 'bucket'`,
  ],
  [
    "I9",
    "what was acknowledged is there: what was earned is the sum of the usage rows, each by its own transfer",
    `SELECT COUNT(*) AS checked, SUM(cost_nano <> booked) + (
         (SELECT COALESCE(SUM(cost_nano), 0) FROM usage_rows) <>
         (SELECT SUM(balance_nano) FROM accounts WHERE kind IN ('revenue', 'share'))
       ) AS violations FROM (
       SELECT cost_nano, COALESCE((SELECT SUM(amount_nano) FROM entries JOIN accounts USING (account_id)
         WHERE entries.transfer_id = usage_rows.transfer_id AND kind IN ('revenue', 'share')), 0) AS booked
       FROM usage_rows)`,
  ],
  [
    "I10",
    "a closed month stays: nothing was written into one after its end",
    `SELECT COUNT(*) AS checked, SUM(at >= end_at) AS violations FROM (
       SELECT at, month_at FROM usage_rows UNION ALL SELECT at, month_at FROM transfers) AS written
     LEFT JOIN windows ON grain = 'month' AND start_at = month_at`,
  ],
  [
    "I11",
    "each kept sum is that of its usage rows",
    // One by one: Cloudflare allows five terms in a compound SELECT.
    ...FOLDS.map(
      (fold) => `SELECT COUNT(*) AS checked, SUM(kept IS NOT folded) AS violations FROM (${fold})`,
    ),
  ],
  [
    "I13",
    "the ledger is this enterprise's, and so is every row in it",
    "SELECT COUNT(*) AS checked, SUM(enterprise_id <> :enterprise) AS violations FROM ledger",
  ],
  [
    "I14",
    "every amount is an integer",
    ...[
      "entries.amount_nano",
      "accounts.balance_nano",
      "accounts.held_nano",
      "holds.amount_nano",
      "leases.amount_nano",
      "usage_rows.cost_nano",
      "rollups.cost_nano",
    ].map((column) => {
      const [table] = column.split(".");
      return `SELECT COUNT(*) AS checked, SUM(typeof(${column}) <> 'integer') AS violations FROM ${table}`;
    }),
  ],
];

/** Looks at everything stored, changes nothing. Runs over all history: for a nightly check and for tests. */
export function selfCheck(deps: LedgerDeps): SelfCheck {
  const checks = CHECKS.map(([id, says, ...queries]) => {
    const found = queries.map((query) => ask(deps, query));
    return {
      id,
      says,
      checked: found.reduce((sum, row) => sum + Number(row.checked), 0),
      violations: found.reduce((sum, row) => sum + Number(row.violations ?? 0), 0),
    };
  });
  checks.push(checkCosts(deps.sql));
  return { ok: checks.every((check) => check.violations === 0), checks };
}

function ask(deps: LedgerDeps, query: string): SqlRow {
  const params = { ":now": deps.clock.now(), ":enterprise": deps.enterprise_id };
  const named = Object.entries(params).filter(([name]) => query.includes(name));
  const positional = named.reduce((text, [name]) => text.replace(name, "?"), query);
  return deps.sql.exec(positional, ...named.map(([, value]) => value))[0]!;
}

const PAGE_ROWS = 1_000;

function checkCosts(sql: Sql): Check {
  let [checked, violations, last] = [0, 0, 0];
  for (;;) {
    const rows = usageRowsAfter(sql, last, PAGE_ROWS);
    for (const row of rows) {
      checked++;
      if (recomputed(row) !== row.cost_nano) violations++;
      last = row.row_id;
    }
    if (rows.length < PAGE_ROWS) break;
  }
  return { id: "I6", says: "each row's cost can be recomputed from it alone", checked, violations };
}

function recomputed(row: UsageRow): bigint {
  const sign = row.role === "reversal" ? -1 : 1;
  return costNano(timesCounts(row.counts, sign), picoOf(row.price_version)) * BigInt(sign);
}
