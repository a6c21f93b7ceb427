import { expect, test } from "vitest";
import { filesFrom } from "#generator/files-from";
import { planApp } from "#generator/plan-app";
import { planned } from "#test/support/planned";

function capabilities(prompt: string): string[] {
  return planned(prompt).workflows.map((it) => it.capability);
}

test.each([
  "A shop app without refunds",
  "An online shop that tracks orders but no refunds please",
  "A shop that tracks orders, don't offer refunds",
  "Build a shop app. Refunds are not allowed. Track orders.",
  "A webshop app with order tracking, except refunds",
  "A shop app without returns, refunds or exchanges",
])("what is ruled out is not built: %s", (prompt) => {
  expect(planApp(prompt).kind).toBe("plan");
  expect(capabilities(prompt)).not.toContain("refunds");
  expect(capabilities(prompt)).toContain("order-tracking");
  expect(JSON.stringify(Object.keys(filesFrom(planned(prompt)).app.tables))).not.toMatch(/refund|return/);
  expect(planned(prompt).assumptions.join(" ")).toContain("ruled out");
});

test.each([
  ["a shop app with order tracking and refunds but without exchanges", "refunds"],
  ["Charity app with donations, no anonymous donations", "donations"],
  ["We don't have time to answer calls. We need an app where patients book appointments", "appointments"],
  ["Our staff cannot keep up with refund requests, build a refund app", "refunds"],
  ["A support app: not only refunds but also order tracking", "refunds"],
])("what is only narrowed, or told as a story, is built: %s", (prompt, capability) => {
  expect(capabilities(prompt)).toContain(capability);
});

test("what people can't do has no tool, and no agent offers it", () => {
  const files = filesFrom(planned("Patients book appointments. Appointments can't be cancelled."));
  const workflow = files.workflows["appointment-booking"];
  expect(Object.keys(workflow?.tools ?? {}).join(" ")).not.toContain("cancel");
  expect(workflow?.description).toContain("can't be cancelled here");
  expect(workflow?.agents["appointment-booking"]?.description).not.toContain("cancel");
});

test.each([
  ["customers book a repair and get told when the bike is ready", ["repairs"], "“get told”"],
  ["Parents get alerted when the bus is late and report absences", [], "“Parents get alerted”"],
  [
    "patients book appointments and get reminded a day before",
    ["appointments"],
    "“get reminded a day before”",
  ],
])("nobody is written to, and nothing is made of a participle: %s", (prompt, kinds, note) => {
  const plan = planned(prompt);
  expect(capabilities(prompt)).toEqual(expect.arrayContaining(kinds));
  expect(plan.workflows).toHaveLength(1);
  expect(plan.assumptions.join(" ")).toContain(`Not built: ${note}; an app answers people`);
});

test("what people get told on asking is built", () => {
  const plan = planned("People order food and get told where their order is");
  expect(plan.workflows.map((it) => it.name)).toContain("order-tracker");
  expect(JSON.stringify(plan)).not.toMatch(/tolds|Not built/);
});
