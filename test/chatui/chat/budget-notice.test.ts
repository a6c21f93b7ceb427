import { expect, test } from "vitest";
import { alertToShow, budgetKey } from "../../../chatui/src/chat/budget-notice.ts";

// Without a zone: the reader's own time, wherever the test runs.
const iso = (local: string) => new Date(local).toISOString();
const NOON = iso("2026-11-22T12:00:00");
const here = { chatId: "c1", now: NOON };
const alert = (scope: string, threshold: number, at = NOON) => ({ scope, threshold, at });

test("the most pressing alert is shown, of equal ones the newest", () => {
  expect(alertToShow([], {}, here)).toBeNull();
  expect(alertToShow([alert("chat", 80), alert("user_day", 50)], {}, here)?.scope).toBe("chat");
  expect(alertToShow([alert("chat", 80), alert("user_day", 80)], {}, here)?.scope).toBe("user_day");
});

test("a notice that was put away comes back for a higher threshold only, in every chat of its budget", () => {
  const putAway = { [budgetKey(alert("user_day", 50), "another")]: 50 };
  expect(alertToShow([alert("user_day", 50)], putAway, here)).toBeNull();
  expect(alertToShow([alert("user_day", 80)], putAway, here)?.threshold).toBe(80);
});

test("a notice about one chat that was put away is another one in the next chat", () => {
  const putAway = { [budgetKey(alert("chat", 80), "c1")]: 80 };
  expect(alertToShow([alert("chat", 80)], putAway, here)).toBeNull();
  expect(alertToShow([alert("chat", 80)], putAway, { ...here, chatId: "c2" })).not.toBeNull();
});

test("yesterday's day and last month's month are over; a chat's and a turn's alerts are not", () => {
  const now = iso("2026-12-01T00:30:00");
  const before = iso("2026-11-30T23:30:00");
  const stillShown = [
    "user_day",
    "user_month",
    "own_cap",
    "app_month",
    "workflow_month",
    "chat",
    "turn",
  ].filter((scope) => alertToShow([alert(scope, 100, before)], {}, { chatId: "c1", now }) !== null);
  expect(stillShown).toEqual(["chat", "turn"]);
  expect(alertToShow([alert("user_month", 80, iso("2026-11-01T08:00:00"))], {}, here)).not.toBeNull();
});
