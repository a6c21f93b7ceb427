import { amountOf } from "./amount-of.ts";
import { type Budget, type BudgetScope, budgetsOf } from "./budgets.ts";
import type { Op } from "./operate.ts";
import type { Spender } from "./types.ts";

/** Percent of a limit at which everybody concerned is told, once. */
const THRESHOLDS = [50, 80, 100] as const;

/** A budget has passed a part of its limit. Amounts are nano-USD. */
export type Alert = {
  alert_id: number;
  scope: BudgetScope;
  key: string;
  threshold: number;
  spent_nano: bigint;
  limit_nano: bigint;
};

/** Notes the thresholds that spending has passed: each once for a window and a limit. */
export function noteSpending(op: Op, who: Spender): void {
  for (const budget of budgetsOf(op, who)) {
    for (const threshold of THRESHOLDS) {
      if (budget.spent * 100n >= budget.limit * BigInt(threshold)) note(op, budget, threshold);
    }
  }
}

/** A limit that refuses a call is used up, whatever little may be left of it. */
export function noteRefusal(op: Op, budget: Budget): void {
  note(op, budget, 100);
}

function note(op: Op, budget: Budget, threshold: number): void {
  op.sql.exec(
    `INSERT OR IGNORE INTO alerts (scope, key, start_at, threshold, limit_nano, spent_nano, at)
     VALUES (?, ?, ?, ?, CAST(? AS INTEGER), CAST(? AS INTEGER), ?)`,
    budget.scope,
    budget.key,
    budget.start_at,
    threshold,
    String(budget.limit),
    String(budget.spent),
    op.now,
  );
  op.kept.newest_alert = undefined;
}

/** The number of the newest alert; 0 for none. */
export function newestAlert(op: Op): number {
  op.kept.newest_alert ??= Number(op.sql.exec("SELECT COALESCE(MAX(alert_id), 0) AS n FROM alerts")[0]!.n);
  return op.kept.newest_alert;
}

/** Whom an alert may concern: a chat and its person, with what they did since they last heard. */
export type Listener = { chat_id: string; user_id: string; runs: string[]; workflows: string[] };

/** The alerts after a number that concern somebody, oldest first. */
export function alertsFor(op: Op, who: Listener, after: number): Alert[] {
  return op.sql
    .exec(
      `SELECT alert_id, scope, key, threshold, CAST(spent_nano AS TEXT) AS spent, CAST(limit_nano AS TEXT) AS amount
       FROM alerts WHERE alert_id > ? AND CASE scope
         WHEN 'turn' THEN key IN (SELECT value FROM json_each(?))
         WHEN 'workflow_month' THEN key IN (SELECT value FROM json_each(?))
         WHEN 'chat' THEN key = ? WHEN 'app_month' THEN 1 ELSE key = ? END
       ORDER BY alert_id`,
      after,
      JSON.stringify(who.runs),
      JSON.stringify(who.workflows),
      who.chat_id,
      who.user_id,
    )
    .map((row) => ({
      alert_id: Number(row.alert_id),
      scope: row.scope as BudgetScope,
      key: String(row.key),
      threshold: Number(row.threshold),
      spent_nano: amountOf(row.spent),
      limit_nano: amountOf(row.amount),
    }));
}
