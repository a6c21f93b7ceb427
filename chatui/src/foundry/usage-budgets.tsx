import { Link } from "@tanstack/react-router";
import type { AppDetail } from "#protocol/api/app";
import { money } from "../ui/amounts.ts";
import { classNames } from "../ui/class-names.ts";
import {
  type Budget,
  type BudgetNames,
  type BudgetShare,
  budgetName,
  budgetShare,
  byUrgency,
} from "./budget-share.ts";

const MOST_BARS = 12;

const FILLS: Record<BudgetShare["state"], string> = { fine: "bg-good", near: "bg-near", full: "bg-bad" };

type Props = { app: AppDetail | undefined; budgets: readonly Budget[]; names: BudgetNames };

/** Every budget as a bar: what is spent, what work in progress may still spend, and the limit. */
export function UsageBudgets({ app, budgets, names }: Props) {
  const rest = budgets.length - MOST_BARS;
  const isLimited = Object.values(app?.limits ?? {}).some((limit) => limit !== null);
  return (
    <section aria-labelledby="usage-budgets">
      <h2 id="usage-budgets" className="mb-4 text-xl font-semibold">
        Budgets
      </h2>
      {budgets.length > 0 && (
        <ul className="mb-4 grid gap-x-10 gap-y-5 lg:grid-cols-2">
          {byUrgency(budgets)
            .slice(0, MOST_BARS)
            .map((budget) => (
              <Bar key={`${budget.scope} ${budget.key}`} budget={budget} names={names} />
            ))}
        </ul>
      )}
      <p className="text-sm text-soft">
        {rest > 0 && `And ${rest} more. `}
        {isLimited
          ? "People and chats appear here from half of their limit on. "
          : "No spending limits yet. "}
        {app && (
          <Link
            to="/apps/$id/limits"
            params={{ id: app.enterprise_id }}
            className="text-accent-ink underline underline-offset-4"
          >
            {isLimited ? "Change limits" : "Set limits"}
          </Link>
        )}
      </p>
    </section>
  );
}

function Bar({ budget, names }: { budget: Budget; names: BudgetNames }) {
  const { percent, spentWidth, heldWidth, state } = budgetShare(budget);
  const { name, time } = budgetName(budget, names);
  const isHeld = budget.held_nano !== "0";
  return (
    <li data-testid="budget" data-scope={budget.scope} data-spent={budget.spent_nano}>
      <div className="mb-1.5 flex items-baseline gap-3">
        <p className="min-w-0 flex-1 truncate" title={budget.key || undefined}>
          <span className="font-medium">{name}</span> <span className="text-sm text-soft">{time}</span>
        </p>
        <p
          className={classNames(
            "text-sm font-medium",
            state === "near" && "text-warn",
            state === "full" && "text-bad",
          )}
        >
          {percent > 100 ? "over 100%" : `${percent}%`}
        </p>
      </div>
      <div aria-hidden="true" className="flex h-2.5 overflow-hidden rounded-full bg-line">
        <div className={classNames("transition-[width]", FILLS[state])} style={{ width: `${spentWidth}%` }} />
        <div
          className={classNames("opacity-40 transition-[width]", FILLS[state])}
          style={{ width: `${heldWidth}%` }}
        />
      </div>
      <p className="mt-1 text-sm text-soft">
        {money(budget.spent_nano)} of {money(budget.limit_nano)}
        {isHeld && ` · ${money(budget.held_nano)} held`}
      </p>
    </li>
  );
}
