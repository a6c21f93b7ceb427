import { NEWEST_SUM } from "../fold.ts";
import { LEDGER_LIMITS } from "../limits.ts";
import { ARCHIVE_CHECK } from "./archive.ts";
import { FOLDS } from "./folds.ts";

/** Each query answers one row: `checked`, `violations`. `:now` and `:enterprise` are bound where named. */
export const INVARIANTS: [id: string, says: string, ...queries: string[]][] = [
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
     FROM accounts LEFT JOIN (
       SELECT account_id, SUM(amount_nano) AS folded FROM (
         SELECT account_id, amount_nano FROM entries
         UNION ALL SELECT account_id, amount_nano FROM archived_entries)
       GROUP BY account_id) USING (account_id)`,
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
       SELECT state, COUNT(*) FILTER (WHERE role = 'charge') + COALESCE(split.charges, 0) AS charges,
         COUNT(*) FILTER (WHERE role = 'estimate') + COALESCE(split.estimates, 0) AS estimates,
         COUNT(*) FILTER (WHERE role = 'reversal') + COALESCE(split.reversals, 0) AS reversals
       FROM holds LEFT JOIN usage_rows USING (call_id) LEFT JOIN archive_split AS split USING (call_id)
       GROUP BY holds.call_id)`,
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
         (SELECT COALESCE(SUM(cost_nano), 0) FROM usage_rows) +
         (SELECT COALESCE(SUM(cost_nano), 0) FROM archive_parts) <>
         (SELECT SUM(balance_nano) FROM accounts WHERE kind IN ('revenue', 'share'))
       ) AS violations FROM (
       SELECT cost_nano, COALESCE((SELECT SUM(amount_nano) FROM entries JOIN accounts USING (account_id)
         WHERE entries.transfer_id = usage_rows.transfer_id AND kind IN ('revenue', 'share')), 0) AS booked
       FROM usage_rows)`,
  ],
  [
    "I10",
    "a closed month stays: nothing was written into one after its end, and the next opens as it closed",
    `SELECT COUNT(*) AS checked, SUM(at >= end_at) AS violations FROM (
       SELECT at, month_at FROM usage_rows UNION ALL SELECT at, month_at FROM transfers) AS written
     LEFT JOIN windows ON grain = 'month' AND start_at = month_at`,
    `SELECT COUNT(*) AS checked, SUM(opening_nano <> (
         SELECT COALESCE(SUM(amount_nano), 0) FROM month_moves JOIN accounts USING (account_id)
         WHERE accounts.kind IN ('bucket', 'overdraft') AND month_at < start_at)) AS violations
     FROM windows WHERE grain = 'month'`,
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
    "I12",
    "what is to be passed on is numbered, and no more is noted as passed on",
    "SELECT COUNT(*) AS checked, SUM(seq < 1) AS violations FROM rollups WHERE grain = 'month' AND dim = 'user'",
    `SELECT COUNT(*) AS checked, SUM(outbox_seq > ${NEWEST_SUM} OR incarnation = '') AS violations FROM ledger`,
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
      "month_lines.cost_nano",
      "month_moves.amount_nano",
      "archived_entries.amount_nano",
      "archive_parts.cost_nano",
    ].map((column) => {
      const [table] = column.split(".");
      return `SELECT COUNT(*) AS checked, SUM(typeof(${column}) <> 'integer') AS violations FROM ${table}`;
    }),
  ],
  ARCHIVE_CHECK,
];
