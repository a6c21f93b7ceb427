import { isoTime } from "#base/clock";
import type { Usage } from "#protocol/api/usage";
import { usd } from "#protocol/money";
import { budgetsInView } from "./budgets-in-view.ts";
import type { LedgerDeps } from "./deps.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { lookAtSums } from "./operate.ts";
import { sumsBy, totalSums } from "./rollups.ts";
import { readSeq } from "./seq.ts";
import { totalsOf } from "./totals.ts";
import { readWallet } from "./wallet.ts";
import { monthOf } from "./windows.ts";

const BREAKDOWNS = ["user", "workflow", "model", "chat"] as const;

/**
 * The usage of one month of the enterprise (`YYYY-MM`; this month by default), with the balance of now. Every
 * figure is a sum of the same rows (`fold.ts`), so all of them agree, and no read gets slower with use.
 * @param lines most lines of a breakdown, dearest first; `more` names those that have further ones
 * @throws RangeError for a malformed period.
 */
export function usage(deps: LedgerDeps, period?: string, lines: number = LEDGER_LIMITS.usageMaxLines): Usage {
  return lookAtSums(deps, (op) => {
    const month = monthOf(op, period);
    const wallet = readWallet(op);
    const parts = BREAKDOWNS.map((dim) => ({ dim, ...sumsBy(op, "month", month.windows, dim, lines) }));
    const [by_user, by_workflow, by_model, by_chat] = parts.map((part) => part.lines);
    return {
      enterprise_id: op.enterprise_id,
      as_of: isoTime(op.now),
      seq: readSeq(op),
      balance_nano: String(wallet.balance),
      balance_usd: usd(wallet.balance),
      held_nano: String(wallet.held),
      period: { start: isoTime(month.start), end: isoTime(month.end) },
      totals: totalsOf(totalSums(op, "month", month.windows)),
      by_user: by_user!,
      by_workflow: by_workflow!,
      by_model: by_model!,
      by_chat: by_chat!,
      more: parts.filter((part) => part.more).map((part) => `by_${part.dim}` as const),
      budgets: budgetsInView(op),
    };
  });
}
