import { expect, test } from "vitest";
import { budgetName, budgetShare, byUrgency } from "../../../chatui/src/foundry/budget-share.ts";

const budget = (spent: string, held: string, limit: string, scope = "user_day", key = "u") => ({
  scope,
  key,
  spent_nano: spent,
  held_nano: held,
  limit_nano: limit,
  spent_usd: "",
  limit_usd: "",
});

test.each([
  ["nothing yet", "0", "0", "1000", { percent: 0, spentWidth: 0, heldWidth: 0, state: "fine" }],
  ["a part", "245", "100", "1000", { percent: 24, spentWidth: 24.5, heldWidth: 10, state: "fine" }],
  ["just below near", "799", "0", "1000", { percent: 79, state: "fine" }],
  ["near", "800", "0", "1000", { percent: 80, state: "near" }],
  ["all but one", "9999999", "0", "10000000", { percent: 99, state: "near" }],
  ["all", "1000", "0", "1000", { percent: 100, spentWidth: 100, state: "full" }],
  [
    "more than the limit, which was lowered",
    "1500",
    "9",
    "1000",
    { percent: 150, spentWidth: 100, heldWidth: 0 },
  ],
  ["a limit of nothing", "0", "0", "0", { percent: 100, spentWidth: 100, heldWidth: 0, state: "full" }],
  ["held beyond the bar", "900", "500", "1000", { spentWidth: 90, heldWidth: 10, state: "near" }],
  ["a correction below zero", "-5", "0", "1000", { percent: 0, spentWidth: 0, state: "fine" }],
])("%s", (_, spent, held, limit, share) => {
  expect(budgetShare(budget(spent, held, limit))).toMatchObject(share);
});

test("a budget is named by whose it is and for which time", () => {
  const names = { workflow: () => "Refunds", user: () => "You", chat: () => "My order" };
  const named = (scope: string) => Object.values(budgetName(budget("0", "0", "1", scope), names)).join(", ");
  expect(["app_month", "workflow_month", "user_day", "user_month", "own_cap", "chat"].map(named)).toEqual([
    "The whole app, this month",
    "Refunds, this month",
    "You, today",
    "You, this month",
    "You, own limit, this month",
    "My order, one chat",
  ]);
});

test("the app stands first, then what is nearest to its end; of equal ones none moves", () => {
  const rows = [
    budget("1", "0", "10", "chat", "a"),
    budget("9", "0", "10", "chat", "b"),
    budget("1", "0", "10", "chat", "c"),
    budget("0", "0", "10", "app_month", ""),
  ];
  expect(byUrgency(rows).map(({ key }) => key)).toEqual(["", "b", "a", "c"]);
});
