import type { Usage } from "#protocol/api/usage";

export type Budget = Usage["budgets"][number];

/** How much of a limit is used. Widths are percents of the bar with one decimal, and fit into it together. */
export type BudgetShare = {
  /** Whole percents, rounded down: 100 is not said before it is so. May be above 100. */
  percent: number;
  spentWidth: number;
  heldWidth: number;
  state: "fine" | "near" | "full";
};

const NEAR_PERCENT = 80;

export function budgetShare({ spent_nano, held_nano, limit_nano }: Budget): BudgetShare {
  const limit = BigInt(limit_nano);
  const tenths = (nano: string) => (limit === 0n ? 1_000 : Number((BigInt(nano) * 1_000n) / limit));
  const spent = Math.max(0, tenths(spent_nano));
  const spentWidth = Math.min(100, spent / 10);
  const percent = Math.floor(spent / 10);
  return {
    percent,
    spentWidth,
    heldWidth: Math.min(100 - spentWidth, Math.max(0, tenths(held_nano)) / 10),
    state: percent >= 100 ? "full" : percent >= NEAR_PERCENT ? "near" : "fine",
  };
}

export type BudgetNames = Record<"workflow" | "user" | "chat", (key: string) => string>;

/** Whose budget it is, and for which time. */
export function budgetName({ scope, key }: Budget, names: BudgetNames): { name: string; time: string } {
  switch (scope) {
    case "app_month":
      return { name: "The whole app", time: "this month" };
    case "workflow_month":
      return { name: names.workflow(key), time: "this month" };
    case "user_day":
      return { name: names.user(key), time: "today" };
    case "user_month":
      return { name: names.user(key), time: "this month" };
    case "own_cap":
      return { name: names.user(key), time: "own limit, this month" };
    case "chat":
      return { name: names.chat(key), time: "one chat" };
    default:
      return { name: key, time: "" };
  }
}

/** The app first, then whatever is nearest to its end. */
export function byUrgency(budgets: readonly Budget[]): Budget[] {
  const rank = (budget: Budget) => (budget.scope === "app_month" ? Infinity : budgetShare(budget).spentWidth);
  return [...budgets].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(b) - rank(a)));
}
