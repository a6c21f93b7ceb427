import { expect, test } from "vitest";
import { filesFrom } from "#generator/files-from";
import { appFile } from "#protocol/app-file/app";
import { composePrompt } from "#runtime/compose-prompt";
import { entryOf, entryWorkflow, findAgent } from "#runtime/find-agent";
import { newRun } from "#runtime/run-state";
import { planned } from "#test/support/planned";

test.each([
  ["A customer support app in Spanish and English that tracks orders", ["Spanish", "English"]],
  ["Speaks German, French and Italian: an app where guests reserve tables", ["German", "French", "Italian"]],
  ["A clinic bot where patients book appointments; it answers in Polish", ["Polish"]],
  ["A bilingual (Spanish/English) app for restaurant reservations", ["Spanish", "English"]],
])("languages stand in the plan and the app: %s", (prompt, languages) => {
  const plan = planned(prompt);
  expect(plan.languages).toEqual(languages);
  expect(appFile.parse(filesFrom(plan).app).languages).toEqual(languages);
  expect(plan.assumptions.join(" ")).toMatch(/offline model speaks English only/);
});

test("a language that is taught is none that the app speaks", () => {
  expect(planned("An app where students book lessons in Spanish and French").languages).toBeUndefined();
});

test("agents are told to answer in those languages", () => {
  const files = filesFrom(planned("A customer support app in Spanish and English that tracks orders"));
  const run = newRun("run_1", entryOf(files, entryWorkflow(files)), undefined);
  const [system] = composePrompt(files.app, findAgent(files, run), [], { name: "Ann" }, 0);
  expect(JSON.stringify(system)).toContain("else in Spanish: Spanish, English.");
  const bare = composePrompt(
    { ...files.app, languages: undefined },
    findAgent(files, run),
    [],
    { name: "Ann" },
    0,
  );
  expect(JSON.stringify(bare[0])).not.toContain("else in");
});

test.each([
  ["HR app for leave requests. Employees can only see their own requests, managers can see all.", "manager"],
  ["A school app: parents report absences, teachers can see all absences", "teacher"],
  ["Expense claims over $500 need approval from finance", "finance"],
])("who sees all or approves is of the team: %s", (prompt, name) => {
  const plan = planned(prompt);
  const { app } = filesFrom(plan);
  expect(plan.roles).toContainEqual({ name, where: "team" });
  expect(appFile.parse(app).roles).toContainEqual({ name, where: "team" });
  expect(plan.assumptions.join(" ")).toContain("members of the app's team");
});

test("people see their own records only, whatever is asked, and a conversation tries it", () => {
  const files = filesFrom(planned("An HR app where employees request leave and see their own requests only"));
  expect(files.app.tables.leave_requests?.owner).toBe("user");
  const names = files.acceptance["leave-request"]?.cases.map((it) => it.name) ?? [];
  expect(names.join(" ")).toContain("Another person's leave request is not found");
});

test("what the runtime can't tell apart is named as not built", () => {
  const said = (prompt: string) => planned(prompt).assumptions.join(" ");
  expect(said("A staff only app to report IT issues")).toContain("everybody who can open the app's address");
  expect(said("A delivery app where customers track deliveries and drivers log trips")).toContain(
    "share one chat",
  );
});

test("amounts in euros make an app in euros", () => {
  expect(filesFrom(planned("Employees claim expenses; over €100 needs approval")).app.currency).toBe("EUR");
  expect(filesFrom(planned("Employees claim expenses; over $100 needs approval")).app.currency).toBe("USD");
});
