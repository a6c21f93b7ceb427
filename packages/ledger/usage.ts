import { isoTime } from "#base/clock";
import type { Usage } from "#protocol/api/usage";
import { usd } from "#protocol/money";
import { openBuckets, walletOf } from "./buckets.ts";
import type { LedgerDeps } from "./deps.ts";
import { operate } from "./operate.ts";
import { DAY_MS, monthOf } from "./period.ts";
import { readSeq } from "./seq.ts";
import { addSums, breakdown, SUM_COLUMNS, sumsOf, totalsOf } from "./totals.ts";

/**
 * The usage of one UTC month (`YYYY-MM`; this month by default), with the balance of now. Every
 * breakdown is folded from the same rows, so all of them agree.
 * @throws RangeError for a malformed period.
 */
export function usage(deps: LedgerDeps, period?: string): Usage {
  return operate(deps, (op) => {
    const month = monthOf(period, op.now);
    const parts = op.sql
      .exec(
        `SELECT user_id, workflow, model, chat_id, ${SUM_COLUMNS} FROM usage_days WHERE day >= ? AND day < ?`,
        month.start / DAY_MS,
        month.end / DAY_MS,
      )
      .map((row) => ({ row, sums: sumsOf(row) }));
    const wallet = walletOf(openBuckets(op.sql));
    return {
      enterprise_id: op.enterprise_id,
      as_of: isoTime(op.now),
      seq: readSeq(op),
      balance_nano: String(wallet.balance),
      balance_usd: usd(wallet.balance),
      held_nano: String(wallet.held),
      period: { start: isoTime(month.start), end: isoTime(month.end) },
      totals: totalsOf(addSums(parts.map((part) => part.sums))),
      by_user: breakdown(parts, ({ row }) => String(row.user_id)),
      by_workflow: breakdown(parts, ({ row }) => String(row.workflow)),
      by_model: breakdown(parts, ({ row }) => String(row.model)),
      by_chat: breakdown(parts, ({ row }) => String(row.chat_id)),
      budgets: [],
    };
  });
}
