import type { Usage } from "#protocol/api/usage";
import { usd } from "#protocol/money";
import { type Budget, budgetsOf, readLimits } from "./budgets.ts";
import type { Op } from "./operate.ts";
import { openWindow } from "./windows.ts";

/** Users, chats and turns that are near a limit are told up to this number, newest first. */
const MAX_NEAR = 50;

/**
 * The budgets an owner wants to see: of the app and of each workflow used this month, and those of users and chats
 * that have passed a threshold in their present window.
 */
export function budgetsInView(op: Op): Usage["budgets"] {
  const limits = readLimits(op);
  const month = openWindow(op, "month").start;
  const workflows = limits.has("workflow_month")
    ? op.sql
        .exec(
          "SELECT key FROM rollups WHERE grain = 'month' AND start_at = ? AND dim = 'workflow' ORDER BY key",
          month,
        )
        .map((row) => ({ scope: "workflow_month", key: String(row.key) }))
    : [];
  const app = limits.has("app_month") ? [{ scope: "app_month", key: "" }] : [];
  const near = op.sql
    .exec(
      `SELECT scope, key FROM alerts WHERE scope NOT IN ('turn', 'app_month', 'workflow_month')
         AND start_at IN (0, ?, ?) GROUP BY scope, key ORDER BY MAX(alert_id) DESC LIMIT ?`,
      month,
      openWindow(op, "day").start,
      MAX_NEAR,
    )
    .map((row) => ({ scope: String(row.scope), key: String(row.key) }));
  return [...app, ...workflows, ...near].flatMap(({ scope, key }) => {
    const spender = { user_id: key, chat_id: key, run_id: key, workflow: key };
    const budget = budgetsOf(op, spender).find((it) => it.scope === scope);
    return budget ? [budgetView(budget)] : [];
  });
}

export function budgetView({ scope, key, limit, spent, held }: Budget): Usage["budgets"][number] {
  return {
    scope,
    key,
    spent_nano: String(spent),
    held_nano: String(held),
    limit_nano: String(limit),
    spent_usd: usd(spent),
    limit_usd: usd(limit),
  };
}
