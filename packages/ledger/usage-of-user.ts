import type { MyUsageOfApp } from "#protocol/api/usage";
import { budgetsOf } from "./budgets.ts";
import { budgetView } from "./budgets-in-view.ts";
import type { LedgerDeps } from "./deps.ts";
import { lookAtSums } from "./operate.ts";
import { sumsOfOne } from "./rollups.ts";
import { totalsOf } from "./totals.ts";
import { monthOf } from "./windows.ts";

/** The limits that are about one person. */
const PERSONAL = new Set(["user_day", "user_month", "own_cap"]);

/** What one person used in a month (`YYYY-MM`; this one by default), and how near to their limits they are now. */
export function usageOfUser(deps: LedgerDeps, userId: string, period?: string): MyUsageOfApp {
  return lookAtSums(deps, (op) => {
    const { windows } = monthOf(op, period);
    const who = { user_id: userId, chat_id: "", run_id: "", workflow: "" };
    return {
      enterprise_id: op.enterprise_id,
      ...totalsOf(sumsOfOne(op, "month", windows, "user", userId)),
      budgets: budgetsOf(op, who)
        .filter(({ scope }) => PERSONAL.has(scope))
        .map(budgetView),
    };
  });
}
