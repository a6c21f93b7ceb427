import { expect, test } from "vitest";
import { planApp } from "#generator/plan-app";
import { question } from "#protocol/api/question";
import { planned } from "#test/support/planned";

const VAGUE = [
  "make me an app",
  "something for my business",
  "an AI app",
  "I need a chatbot",
  "build an app",
];

test.each(VAGUE)("asks what it is to do: %s", (prompt) => {
  const answer = planApp(prompt);
  if (answer.kind !== "questions") throw new Error(answer.kind);
  expect(answer.questions.length).toBeGreaterThanOrEqual(1);
  expect(answer.questions.length).toBeLessThanOrEqual(4);
  for (const it of answer.questions) expect(question.parse(it)).toEqual(it);
});

test.each(VAGUE)("skipped questions still give a plan, and it says what it assumes: %s", (prompt) => {
  const plan = planned(prompt);
  expect(plan.workflows.length).toBeGreaterThanOrEqual(1);
  expect(plan.assumptions.join(" ")).toContain("You did not say what people should be able to do");
});

test("answers are planned as if they had been said", () => {
  const plan = planned("make me an app", {
    tasks: ["book appointments", "give feedback"],
    business: "clinic",
  });
  expect(plan.workflows.map((it) => it.capability).sort()).toEqual([
    "appointments",
    "feedback",
    "front-desk",
  ]);
  expect(plan.assumptions.join(" ")).not.toContain("You did not say");
});

test("something else may be written, and it is read like a prompt", () => {
  const plan = planned("make me an app", { tasks: ["swap vinyl records"], business: "club" });
  expect(plan.workflows.map((it) => it.name).join(" ")).toContain("vinyl-record");
});

test.each([
  "vet clinic",
  "Build a customer support app that handles refunds and tracks orders",
  "An app to swap vinyl records with neighbours",
])("is not asked where the prompt says enough: %s", (prompt) => {
  expect(planApp(prompt).kind).toBe("plan");
});

const CONTRADICTION = "Refunds are never allowed and refunds over $10 need approval";

test("of two things that can't both hold it is asked which one does", () => {
  const answer = planApp(CONTRADICTION);
  if (answer.kind !== "questions") throw new Error(answer.kind);
  const [asked] = answer.questions;
  expect(asked?.options.map((it) => it.value)).toEqual([
    "Refunds are never allowed",
    "refunds over $10 need approval",
  ]);
  const id = asked?.id ?? "";
  const allowed = planned(CONTRADICTION, { [id]: "refunds over $10 need approval" });
  expect(allowed.workflows.map((it) => it.capability)).toEqual(["refunds"]);
  expect(allowed.workflows[0]?.rules).toHaveLength(1);
  const banned = planned(CONTRADICTION, { [id]: "Refunds are never allowed" });
  expect(banned.workflows.map((it) => it.capability)).not.toContain("refunds");
});

test("where nobody decides, what forbids more holds, and the plan says so", () => {
  const plan = planned(CONTRADICTION);
  expect(plan.workflows.map((it) => it.capability)).not.toContain("refunds");
  expect(plan.assumptions.join(" ")).toContain("I kept to “Refunds are never allowed”");
});

test.each([
  ["An app to book tours only on Mondays and never on Mondays", "weekdays"],
  ["A restaurant app where guests reserve tables for at most 4 guests, tables for at most 6 guests", "range"],
])("conditions that exclude each other are asked about: %s", (prompt) => {
  expect(planApp(prompt)).toMatchObject({ kind: "questions", questions: [{ id: "contradiction_1" }] });
  expect(planned(prompt).assumptions.join(" ")).toContain("I kept to");
});
