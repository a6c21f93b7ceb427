import { amountOf } from "./amount-of.ts";
import type { Op } from "./operate.ts";
import type { Spender } from "./types.ts";
import { openWindow } from "./windows.ts";

/** What the owner can limit. `own_cap` is the person's own, for a month. */
export const LIMIT_SCOPES = [
  "turn",
  "chat",
  "user_day",
  "user_month",
  "workflow_month",
  "app_month",
] as const;
export type LimitScope = (typeof LIMIT_SCOPES)[number];
export type BudgetScope = LimitScope | "own_cap";

/** One limit as it applies to somebody now. Amounts are nano-USD. */
export type Budget = {
  scope: BudgetScope;
  /** The run, chat, user or workflow; empty for the app. */
  key: string;
  /** Where its window starts; 0 for what has none. */
  start_at: number;
  limit: bigint;
  spent: bigint;
  /** What open holds and leases may still spend of it: they count as spent until they end. */
  held: bigint;
};

export function readLimits(op: Pick<Op, "sql">): Map<LimitScope, bigint> {
  const rows = op.sql.exec("SELECT scope, CAST(limit_nano AS TEXT) AS amount FROM limits");
  return new Map(rows.map((row) => [row.scope as LimitScope, amountOf(row.amount)]));
}

/** The same, remembered. */
export function limitsOf(op: Op): Map<LimitScope, bigint> {
  op.kept.limits ??= readLimits(op);
  return op.kept.limits;
}

export function readOwnCap(op: Pick<Op, "sql">, userId: string): bigint | null {
  const [row] = op.sql.exec(
    "SELECT CAST(limit_nano AS TEXT) AS amount FROM own_caps WHERE user_id = ?",
    userId,
  );
  return row ? amountOf(row.amount) : null;
}

/** Every limit that is set and applies to this spender. */
export function budgetsOf(op: Op, who: Spender): Budget[] {
  const limits: [BudgetScope, bigint][] = [...limitsOf(op)];
  op.kept.has_own_caps ??= op.sql.exec("SELECT 1 FROM own_caps LIMIT 1").length > 0;
  const cap = op.kept.has_own_caps ? readOwnCap(op, who.user_id) : null;
  if (cap !== null) limits.push(["own_cap", cap]);
  const isByWindow = limits.some(([scope]) => scope !== "turn" && scope !== "chat");
  const late = isByWindow && op.kept.unfolded !== 0 ? unfoldedOf(op, who) : [];
  return limits.map(([scope, limit]) => budgetOf(op, scope, limit, who, late));
}

function budgetOf(op: Op, scope: BudgetScope, limit: bigint, who: Spender, late: Unfolded[]): Budget {
  switch (scope) {
    case "turn":
      return { scope, limit, key: who.run_id, start_at: 0, ...ofTurn(op, who) };
    case "chat":
      return { scope, limit, key: who.chat_id, start_at: 0, ...ofChat(op, who.chat_id) };
    case "user_day":
      return { scope, limit, ...inWindow(op, "day", "user", who.user_id, late) };
    case "user_month":
    case "own_cap":
      return { scope, limit, ...inWindow(op, "month", "user", who.user_id, late) };
    case "workflow_month":
      return { scope, limit, ...inWindow(op, "month", "workflow", who.workflow, late) };
    case "app_month":
      return { scope, limit, ...inWindow(op, "month", "total", "", late) };
  }
}

type Dim = "user" | "workflow" | "total";

function inWindow(op: Op, grain: "day" | "month", dim: Dim, key: string, late: Unfolded[]) {
  const { start } = openWindow(op, grain);
  const [row] = op.sql.exec(
    `SELECT CAST(cost_nano AS TEXT) AS spent FROM rollups
     WHERE grain = ? AND start_at = ? AND dim = ? AND key = ?`,
    grain,
    start,
    dim,
    key,
  );
  const spent = late
    .filter((part) => part[grain] === start)
    .reduce((all, part) => all + part[dim], amountOf(row?.spent));
  return { key, start_at: start, spent, held: heldBy(op, dim, key) };
}

/** What was spent in one day and is in no sum yet: by all, in the workflow, by the user. */
type Unfolded = { day: number; month: number } & Record<Dim, bigint>;

function unfoldedOf(op: Op, who: Spender): Unfolded[] {
  return op.sql
    .exec(
      `SELECT day_at, month_at, CAST(SUM(cost_nano) AS TEXT) AS total,
         CAST(SUM(cost_nano) FILTER (WHERE workflow = ?) AS TEXT) AS workflow,
         CAST(SUM(cost_nano) FILTER (WHERE user_id = ?) AS TEXT) AS user
       FROM usage_rows WHERE row_id > (SELECT folded_row_id FROM ledger) GROUP BY day_at, month_at`,
      who.workflow,
      who.user_id,
    )
    .map((row) => ({
      day: Number(row.day_at),
      month: Number(row.month_at),
      total: amountOf(row.total),
      workflow: amountOf(row.workflow),
      user: amountOf(row.user),
    }));
}

/** Holds know no window: what is open now counts in every one it may end in. */
function heldBy(op: Op, dim: Dim, key: string): bigint {
  if (dim === "total") {
    return sum(op, "SELECT CAST(SUM(held_nano) AS TEXT) AS n FROM accounts WHERE kind = 'bucket'");
  }
  const column = dim === "user" ? "user_id" : "workflow";
  return heldWhere(op, column, key);
}

function heldWhere(op: Op, column: "user_id" | "workflow" | "chat_id", key: string): bigint {
  return (
    sum(
      op,
      `SELECT CAST(SUM(amount_nano) AS TEXT) AS n FROM leases WHERE ended_at IS NULL AND ${column} = ? AND chat_id <> ?`,
      key,
      op.freed ?? "",
    ) +
    sum(
      op,
      `SELECT CAST(SUM(amount_nano) AS TEXT) AS n FROM holds WHERE state = 'open' AND ${column} = ?`,
      key,
    )
  );
}

function ofChat(op: Op, chatId: string) {
  const spent = sum(op, "SELECT CAST(SUM(cost_nano) AS TEXT) AS n FROM chat_sums WHERE chat_id = ?", chatId);
  return { spent, held: heldWhere(op, "chat_id", chatId) };
}

/** Within a lease its holder watches the turn's limit: it alone knows the calls that are not reported yet. */
function ofTurn(op: Op, { chat_id, run_id }: Spender) {
  return {
    spent: sum(
      op,
      "SELECT CAST(SUM(cost_nano) AS TEXT) AS n FROM usage_rows WHERE chat_id = ? AND run_id = ?",
      chat_id,
      run_id,
    ),
    held: sum(
      op,
      "SELECT CAST(SUM(amount_nano) AS TEXT) AS n FROM holds WHERE state = 'open' AND chat_id = ? AND run_id = ?",
      chat_id,
      run_id,
    ),
  };
}

function sum(op: Op, query: string, ...params: string[]): bigint {
  return amountOf(op.sql.exec(query, ...params)[0]?.n);
}
