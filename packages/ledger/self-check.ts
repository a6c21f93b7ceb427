import type { Sql } from "#base/sql";
import { costNano } from "./cost.ts";
import { timesCounts } from "./counts.ts";
import type { LedgerDeps } from "./deps.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { picoOf } from "./price-book.ts";
import { type UsageRow, usageRowsAfter } from "./usage-rows.ts";

/** One invariant over all stored data: how many things were looked at, and how many broke it. */
export type Check = { id: string; says: string; checked: number; violations: number };
export type SelfCheck = { ok: boolean; checks: Check[] };

const SUMMED = ["calls", "input", "cache_read", "cache_write", "output", "reasoning", "cost_nano"];
const SUMS = SUMMED.join(" || ',' || ");
const FOLDED_SUMS = SUMMED.map((column) => `SUM(${column})`).join(" || ',' || ");

/** A query answers one row: `checked`, `violations`. `:now` and `:enterprise` are bound where named. */
const CHECKS: [id: string, says: string, query: string][] = [
  [
    "I1",
    "each transfer's entries sum to zero",
    `SELECT COUNT(*) AS checked, SUM(total <> 0 OR n < 2) AS violations FROM (
       SELECT COALESCE(SUM(amount_nano), 0) AS total, COUNT(amount_nano) AS n
       FROM transfers LEFT JOIN entries USING (transfer_id) GROUP BY transfer_id)`,
  ],
  [
    "I2",
    "each balance is the sum of its entries",
    `SELECT COUNT(*) AS checked, SUM(balance_nano <> folded) AS violations FROM (
       SELECT balance_nano, (SELECT COALESCE(SUM(amount_nano), 0) FROM entries WHERE entries.account_id = accounts.account_id) AS folded
       FROM accounts)`,
  ],
  [
    "I3",
    "no bucket is below its floor",
    `SELECT COUNT(*) AS checked, SUM(balance_nano - held_nano < floor_nano) AS violations
     FROM accounts WHERE kind = 'bucket'`,
  ],
  [
    "I4",
    "what is held is the sum of the open holds, and none is long overdue",
    `SELECT COUNT(*) AS checked, SUM(held_nano <> folded) + (
         SELECT COUNT(*) FROM holds WHERE state = 'open' AND expires_at + ${LEDGER_LIMITS.holdGraceMs} < :now
       ) + (
         SELECT COUNT(*) FROM holds WHERE state = 'open' AND amount_nano <>
           (SELECT COALESCE(SUM(CAST(value AS INTEGER)), 0) FROM json_each(holds.buckets))
       ) AS violations FROM (
       SELECT held_nano, COALESCE(open.amount, 0) AS folded FROM accounts LEFT JOIN (
         SELECT key, SUM(CAST(value AS INTEGER)) AS amount FROM holds, json_each(holds.buckets)
         WHERE state = 'open' GROUP BY key) AS open ON open.key = accounts.account_id)`,
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
    `SELECT COUNT(*) AS checked, SUM(granted_nano <> (
         SELECT COALESCE(SUM(amount_nano), 0) FROM entries JOIN transfers USING (transfer_id)
         WHERE entries.account_id = accounts.account_id AND transfers.kind = 'credit')) AS violations
     FROM accounts WHERE kind = 'bucket'`,
  ],
  [
    "I9",
    "what was acknowledged is there: revenue is the sum of the usage rows, each by its own transfer",
    `SELECT COUNT(*) AS checked, SUM(cost_nano <> booked) + (
         (SELECT COALESCE(SUM(cost_nano), 0) FROM usage_rows) <> (SELECT balance_nano FROM accounts WHERE account_id = 'revenue')
       ) AS violations FROM (
       SELECT cost_nano, COALESCE((SELECT amount_nano FROM entries
         WHERE entries.transfer_id = usage_rows.transfer_id AND account_id = 'revenue'), 0) AS booked FROM usage_rows)`,
  ],
  [
    "I11",
    "each day's sums are those of its usage rows",
    `SELECT COUNT(*) AS checked, SUM(kept IS NOT folded) AS violations FROM (
       SELECT (SELECT ${SUMS} FROM usage_days WHERE usage_days.day = rows.day AND usage_days.chat_id = rows.chat_id
           AND usage_days.user_id = rows.user_id AND usage_days.workflow = rows.workflow AND usage_days.model = rows.model) AS kept,
         folded FROM (
           SELECT at / 86400000 AS day, chat_id, user_id, workflow, model, ${FOLDED_SUMS} AS folded
           FROM usage_rows GROUP BY 1, 2, 3, 4, 5) AS rows)`,
  ],
  [
    "I13",
    "the ledger is this enterprise's, and so is every row in it",
    "SELECT COUNT(*) AS checked, SUM(enterprise_id <> :enterprise) AS violations FROM ledger",
  ],
  [
    "I14",
    "every amount is an integer",
    `SELECT COUNT(*) AS checked, SUM(type <> 'integer') AS violations FROM (
       SELECT typeof(amount_nano) AS type FROM entries
       UNION ALL SELECT typeof(balance_nano) FROM accounts UNION ALL SELECT typeof(held_nano) FROM accounts
       UNION ALL SELECT typeof(amount_nano) FROM holds UNION ALL SELECT typeof(cost_nano) FROM usage_rows)`,
  ],
];

/** Looks at everything stored, changes nothing. Runs over all history: for a nightly check and for tests. */
export function selfCheck(deps: LedgerDeps): SelfCheck {
  const checks = CHECKS.map(([id, says, query]) => {
    const params = { ":now": deps.clock.now(), ":enterprise": deps.enterprise_id };
    const named = Object.entries(params).filter(([name]) => query.includes(name));
    const positional = named.reduce((text, [name]) => text.replace(name, "?"), query);
    const [row] = deps.sql.exec(positional, ...named.map(([, value]) => value));
    return { id, says, checked: Number(row!.checked), violations: Number(row!.violations ?? 0) };
  });
  checks.push(checkCosts(deps.sql));
  return { ok: checks.every((check) => check.violations === 0), checks };
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
