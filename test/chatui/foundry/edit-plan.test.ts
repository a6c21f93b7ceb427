import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPlan } from "#generator/check-plan";
import { planApp } from "#generator/plan-app";
import { type Plan, plan as planSchema } from "#protocol/api/plan";
import { checkApp } from "#workflows/check-app";
import {
  addColumn,
  addFrom,
  changeTable,
  changeWorkflow,
  removeColumn,
  removeWorkflow,
  setRoles,
  startAt,
} from "../../../chatui/src/foundry/edit-plan.ts";

const PROMPTS = [
  "Build a customer support app that handles refunds and tracks orders",
  "An app for my gym where members book classes and report broken equipment",
  "Employees claim expenses, over $100 needs approval, and request leave",
];

function planOf(prompt: string): Plan {
  const planned = planApp(prompt, {});
  if (planned.kind !== "plan") throw new Error(planned.message);
  return planned.plan;
}
const check = (plan: Plan) => checkPlan(plan, (files) => checkApp(files, { knowsProvider: () => true }));

const text = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ]{1,20}$/);
/** Edits that leave everything which the catalogue writes files with: all plans that come of them can be built. */
const safe = fc.oneof(
  fc.tuple(text, fc.nat()).map(([title, at]) => (plan: Plan) => {
    const it = plan.workflows[at % plan.workflows.length]!;
    return changeWorkflow(plan, it.name, { title, description: `${title} for people` });
  }),
  fc.nat().map((at) => (plan: Plan) => startAt(plan, plan.workflows[at % plan.workflows.length]!.name)),
  fc.constantFrom(...PROMPTS).map((prompt) => (plan: Plan) => addFrom(plan, planOf(prompt))),
  fc
    .tuple(text, fc.nat(), fc.constantFrom("text", "money", "date", "boolean"))
    .map(([title, at, type]) => (plan: Plan) => {
      const tables = Object.keys(plan.tables);
      return addColumn(plan, tables[at % tables.length] ?? "none", title, type as "text");
    }),
  fc.array(text, { maxLength: 3 }).map(
    (names) => (plan: Plan) =>
      setRoles(
        plan,
        names.map((name) => ({ name, where: "chat" as const })),
      ),
  ),
);
/** Those that may take away what the files need: then the server says so. */
const bold = fc.oneof(
  fc
    .nat()
    .map((at) => (plan: Plan) => removeWorkflow(plan, plan.workflows[at % plan.workflows.length]!.name)),
  fc.tuple(fc.nat(), fc.nat()).map(([at, of]) => (plan: Plan) => {
    const tables = Object.keys(plan.tables);
    const name = tables[of % tables.length] ?? "none";
    const columns = Object.keys(plan.tables[name]?.columns ?? {});
    return removeColumn(plan, name, columns[at % columns.length] ?? "none");
  }),
);

test("whatever is edited, the plan stays one that can be sent, keeps one start, and is judged, not fallen over", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PROMPTS),
      fc.array(fc.oneof(safe, bold), { maxLength: 8 }),
      (prompt, edits) => {
        const edited = edits.reduce((plan, edit) => edit(plan), planOf(prompt));
        expect(planSchema.safeParse(edited).error?.issues ?? []).toEqual([]);
        expect(edited.workflows.filter((it) => it.entry).length).toBeLessThanOrEqual(1);
        const tables = Object.entries(edited.tables);
        expect(tables.every(([, table]) => table.key in table.columns)).toBe(true);
        expect(
          tables.every(([, table]) =>
            table.sample.every((row) => Object.keys(row.values).every((it) => it in table.columns)),
          ),
        ).toBe(true);
        check(edited);
      },
    ),
    { numRuns: 120, seed: 7 },
  );
});

test("words, starts, additions, columns and roles can be edited freely: an app can be built of each", () => {
  fc.assert(
    fc.property(fc.constantFrom(...PROMPTS), fc.array(safe, { maxLength: 5 }), (prompt, edits) => {
      const checked = check(edits.reduce((plan, edit) => edit(plan), planOf(prompt)));
      expect(checked.ok ? [] : checked.issues).toEqual([]);
    }),
    { numRuns: 60, seed: 11 },
  );
});

test("a workflow goes with the table that it alone works on, and the chats start elsewhere", () => {
  const plan = planOf(PROMPTS[0]!);
  const [entry] = plan.workflows;
  expect(entry).toMatchObject({ name: "customer-support", entry: true });
  const left = removeWorkflow(plan, "customer-support");
  expect(left.workflows.map((it) => [it.name, it.entry])).toEqual([
    ["refund-handler", true],
    ["order-tracker", false],
  ]);
  const less = removeWorkflow(left, "refund-handler");
  expect(Object.keys(less.tables)).not.toContain(plan.workflows[1]!.table);
  expect(removeWorkflow(less, "order-tracker")).toBe(less);
});

test("a column's name is made of its title; nothing is added twice, and the key stays", () => {
  const plan = planOf(PROMPTS[0]!);
  const [table] = Object.keys(plan.tables) as [string];
  const more = addColumn(plan, table, " 2nd Gift-Wrap? ", "boolean");
  expect(more.tables[table]?.columns.nd_gift_wrap).toMatchObject({
    type: "boolean",
    title: "2nd Gift-Wrap?",
  });
  expect(addColumn(more, table, "ND gift wrap", "text")).toBe(more);
  expect(addColumn(plan, table, "¿?", "text")).toBe(plan);
  expect(removeColumn(plan, table, plan.tables[table]!.key)).toBe(plan);
  expect(changeTable(plan, table, { title: "Things" }).tables[table]?.title).toBe("Things");
});

test("what the app is said to do follows its workflows, and is left alone where somebody gave it other words", () => {
  const plan = planOf("Take bookings for my gym. Refunds over $100 need my approval.");
  const refunds = plan.workflows.find((it) => it.capability === "refunds")!;
  expect(plan.description).toContain("Takes refunds");
  const more = addFrom(removeWorkflow(plan, refunds.name), planOf("Take complaints"));
  expect(more.description).not.toContain("refund");
  expect(more.description).toContain("complaint");
  const changed = changeWorkflow(plan, refunds.name, { description: "Pays back." });
  expect(changed.description).toContain("Pays back.");
  expect(changed.description).not.toContain("Takes refunds");
  const own = { ...plan, description: "My app." };
  expect(removeWorkflow(own, refunds.name).description).toBe("My app.");
});
