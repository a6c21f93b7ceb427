import { expect, test } from "vitest";
import { alertWords, refusalWords } from "../../../chatui/src/chat/spending-words.ts";

const SCOPES = ["turn", "chat", "user_day", "user_month", "own_cap", "workflow_month", "app_month"];

test.each([
  ["user_day", 80, "You have used 80% of what you may spend here today."],
  ["user_day", 100, "Not enough is left of what you may spend here today. You can go on tomorrow."],
  ["chat", 50, "This chat has used 50% of what a chat may cost here."],
  ["app_month", 80, "This app has used 80% of its limit for this month."],
  ["a_scope_of_tomorrow", 80, "80% of a spending limit is used."],
])("an alert of %s at %i says so in a sentence", (scope, threshold, words) => {
  expect(alertWords(scope, threshold)).toBe(words);
});

test("every scope has its own words", () => {
  for (const threshold of [50, 100])
    expect(new Set(SCOPES.map((scope) => alertWords(scope, threshold))).size).toBe(SCOPES.length);
});

test("an end user reads of their own limits, and nothing of how the app stands", () => {
  expect(refusalWords("BUDGET_EXCEEDED", "user_day", "user")).toContain("You can go on tomorrow");
  const theOwners: [string, string | undefined][] = [
    ["BUDGET_EXCEEDED", "app_month"],
    ["BUDGET_EXCEEDED", "workflow_month"],
    ["BUDGET_EXCEEDED", undefined],
    ["INSUFFICIENT_BALANCE", "wallet"],
    ["UNKNOWN_MODEL", undefined],
    ["PRICES_INVALID", undefined],
  ];
  for (const [code, scope] of theOwners)
    expect(refusalWords(code, scope, "user")).toBe(
      "No answer can be given here at the moment. Please try again later.",
    );
  for (const code of ["TEMPORARILY_HELD", "LEDGER_UNAVAILABLE"])
    expect(refusalWords(code, "wallet", "user")).not.toMatch(/balance|ledger|usage|limit/i);
});

test("an owner reads what is the matter", () => {
  expect(refusalWords("BUDGET_EXCEEDED", "app_month", "owner")).toContain("limit for this month");
  expect(refusalWords("INSUFFICIENT_BALANCE", "wallet", "owner")).toContain("balance");
  expect(refusalWords("UNKNOWN_MODEL", undefined, "owner")).toBeNull();
});

test("what is not about money keeps the server's words", () => {
  expect(refusalWords("MODEL_FAILED", undefined, "user")).toBeNull();
});
