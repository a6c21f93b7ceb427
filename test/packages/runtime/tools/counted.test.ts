import { expect, test } from "vitest";
import { appFile } from "#protocol/app-file/app";
import { type TableTool, tableTool } from "#protocol/app-file/tool";
import { approvalFor, approve } from "#runtime/approve";
import type { Planned } from "#runtime/tools/planned";
import { planTable } from "#runtime/tools/table-plan";
import { nodeTables } from "#test/support/node-tables";
import { checkTool } from "#workflows/check/check-tool";

const APP = appFile.parse({
  name: "Workshops",
  tables: {
    places: {
      title: "Places",
      key: "number",
      key_prefix: "P-",
      columns: {
        number: { type: "text" },
        workshop: { type: "text", required: true },
        seats: { type: "integer", required: true },
        status: { type: "enum", values: ["taken", "cancelled"], default: "taken" },
      },
    },
  },
});

function tool(more: Record<string, unknown>): TableTool {
  return tableTool.parse({
    kind: "table",
    description: "Take places.",
    table: "places",
    action: "insert",
    set: ["workshop", "seats"],
    ...more,
  });
}

const MINE = tool({
  count: [{ as: "mine", of: "person", unless: { column: "status", value: "cancelled" } }],
  require: [{ when: "mine < 2", message: "Two are enough." }],
});
const ALL = tool({
  count: [
    {
      as: "seats",
      of: "everybody",
      same: ["workshop"],
      sum: "seats",
      unless: { column: "status", value: "cancelled" },
    },
  ],
  require: [{ when: "seats + args.seats <= 5", message: "It is full." }],
});

async function chat() {
  const tables = nodeTables(APP.tables, null);
  let calls = 0;
  const take = (who: string, workshop: string, seats: number, status = "taken") =>
    tables.insert(who, "places", { workshop, seats, status }, `call_${++calls}`);
  const plan = (which: TableTool, who: string, workshop: string, seats: number) =>
    planTable(which, { workshop, seats }, { app: APP, tables, user: { id: who, name: who }, now: 0 });
  return { take, plan };
}

test("a person's own rows count, those of others and ended ones don't", async () => {
  const { take, plan } = await chat();
  await take("ann", "pots", 1);
  await take("bob", "pots", 1);
  await take("ann", "pots", 1, "cancelled");
  expect(await plan(MINE, "ann", "pots", 1)).toMatchObject({ ok: true });
  await take("ann", "bowls", 1);
  expect(await plan(MINE, "ann", "pots", 1)).toEqual({ ok: false, error: "Two are enough." });
  expect(await plan(MINE, "bob", "pots", 1)).toMatchObject({ ok: true });
});

test("what everybody's rows add up to counts, of the same thing only", async () => {
  const { take, plan } = await chat();
  await take("ann", "pots", 3);
  await take("bob", "bowls", 5);
  await take("bob", "pots", 4, "cancelled");
  expect(await plan(ALL, "eve", "Pots", 2)).toMatchObject({ ok: true });
  expect(await plan(ALL, "eve", "pots", 3)).toEqual({ ok: false, error: "It is full." });
});

test("only whole numbers of the table can be added up", async () => {
  const tables = nodeTables(APP.tables, null);
  await expect(tables.count("places", {}, undefined, "workshop")).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
  await expect(tables.count("places", {}, undefined, "nothing")).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
});

test("a file with a count that can't work is told so", () => {
  const told = (more: Record<string, unknown>) => {
    const findings: string[] = [];
    checkTool("tools.take", tool(more), APP, (path, message) => findings.push(`${path}: ${message}`), {
      tools: {},
    });
    return findings.join(" | ");
  };
  expect(told({ count: MINE.count, require: MINE.require })).toBe("");
  expect(told({ count: [{ as: "x", of: "person", same: ["colour"] }] })).toContain("tools.take.count.0.same");
  expect(told({ count: [{ as: "x", of: "person", sum: "workshop" }] })).toContain("tools.take.count.0.sum");
  expect(told({ count: [{ as: "x", of: "person", unless: { column: "gone", value: "x" } }] })).toContain(
    "unless.column",
  );
  expect(told({ require: [{ when: "x < 2", message: "No." }] })).toContain("tools.take.require.0.when");
  expect(told({ approval: { by: "user", operator_when: "args.colour == 1" } })).toContain(
    "approval.operator_when",
  );
});

test("where the team's condition holds the team is asked, else the person", () => {
  const asked = tool({ approval: { by: "user", operator_when: "args.seats > 3", title: "Take them?" } });
  const plan = (seats: bigint): Extract<Planned, { ok: true }> => ({
    ok: true,
    variables: { args: { seats } },
    facts: [],
    shown: String(seats),
    act: async () => ({ ok: true }),
  });
  expect(approvalFor(asked, plan(3n))?.by).toBe("user");
  expect(approvalFor(asked, plan(4n))?.by).toBe("operator");
  expect(approve(asked, plan(3n), null)).toMatchObject({ do: "ask" });
  const no = { kind: "approval", answer: { approved: false }, shown: "4" } as never;
  expect(approve(asked, plan(4n), no)).toMatchObject({
    do: "refuse",
    outcome: { error: "The team said no." },
  });
  expect(approve(asked, plan(3n), no)).toMatchObject({
    do: "refuse",
    outcome: { error: "The person said no." },
  });
});
