import type { SessionBill } from "#ledger/session-bill";
import type { Bill } from "#protocol/api/usage";
import type { SessionOpen } from "../chat-session/session-open.ts";

/** A bill as its reader may see it: cost where the owner shows it, the single calls for members only. */
export function billView(whole: SessionBill, sees: SessionOpen["sees"]): Bill {
  const { next, lines, ...bill } = whole;
  if (sees.balance) return { ...bill, lines, next_cursor: next === null ? null : String(next) };
  const shown = sees.cost ? <T>(line: T) => line : withoutCost;
  return {
    ...bill,
    totals: shown(bill.totals),
    by_model: bill.by_model.map(shown),
    by_agent: bill.by_agent.map(shown),
    by_user: bill.by_user.map(shown),
    next_cursor: null,
  };
}

function withoutCost<T extends { cost_nano: string; cost_usd: string }>(line: T) {
  const { cost_nano: _nano, cost_usd: _usd, ...rest } = line;
  return rest;
}
