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

const FILLS: Record<BudgetShare["state"], string> = { fine: "bg-accent", near: "bg-warn", full: "bg-bad" };

/** Every budget as a bar: what is spent, what work in progress may still spend, and the limit. */
export function BudgetBars({ budgets, names }: { budgets: readonly Budget[]; names: BudgetNames }) {
  const rest = budgets.length - MOST_BARS;
  return (
    <>
      <ul className="grid gap-x-10 gap-y-5 lg:grid-cols-2">
        {byUrgency(budgets)
          .slice(0, MOST_BARS)
          .map((budget) => (
            <Bar key={`${budget.scope} ${budget.key}`} budget={budget} names={names} />
          ))}
      </ul>
      {rest > 0 && <p className="mt-3 text-sm text-soft">and {rest} more</p>}
    </>
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
          {percent}%
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
