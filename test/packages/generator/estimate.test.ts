import { expect, test, vi } from "vitest";
import { readBrief } from "#generator/brief/read-brief";
import { estimateOf, measuredOf, typicalOf } from "#generator/estimate";
import { filesFrom } from "#generator/files-from";
import { OFFLINE_PRICE } from "#ledger/price-book";
import { usage } from "#ledger/usage";
import { offlineModel } from "#models/offline/offline-model";
import type { Plan } from "#protocol/api/plan";
import { column } from "#protocol/app-file/table";
import { ACTORS } from "#runtime/actors";
import { runAcceptance } from "#runtime/run-acceptance";
import { nodeMeter } from "#test/support/node-meter";
import { tickingClock } from "#test/support/node-tables";
import { planned } from "#test/support/planned";
import { runDeps } from "#test/support/run-deps";
import { PROMPTS } from "./prompts.ts";

vi.mock("#generator/brief/read-brief", { spy: true });

test("a plan's typical turn is what its app takes in its own conversations, of each of a dozen prompts", async () => {
  for (const { prompt } of PROMPTS.slice(0, 12)) {
    const plan = planned(prompt);
    const files = filesFrom(plan);
    const took = { turns: 0, input: 0, output: 0 };
    for (const [workflow, { cases }] of Object.entries(files.acceptance))
      for (const it of cases) {
        const meter = nodeMeter();
        const deps = runDeps(files, offlineModel(), { user: ACTORS.creator, clock: tickingClock(), meter });
        await runAcceptance(it, workflow, deps);
        const { totals } = usage(meter.ledger);
        took.turns += it.steps.length;
        took.input += totals.input_tokens;
        took.output += totals.output_tokens;
      }
    const typical = measuredOf(typicalOf(plan));
    const within = (a: number, b: number) => Math.abs(a - b) / b;
    expect(within(typical.input_tokens, took.input / took.turns), prompt).toBeLessThan(0.2);
    expect(within(typical.output_tokens, took.output / took.turns), prompt).toBeLessThan(0.4);
  }
}, 60_000);

test("an estimate follows the plan: fewer workflows cost less, another column more, a role nothing", () => {
  const plan = planned(PROMPTS[0]!.prompt);
  const cost = (it: Plan) => BigInt(estimateOf(it).conversation_nano);
  expect(plan.estimate).toEqual(estimateOf(plan));
  const one = { ...plan, workflows: plan.workflows.filter((it) => it.entry) };
  expect(cost(one)).toBeLessThan(cost(plan));
  const [name, table] = Object.entries(plan.tables)[0]!;
  const columns = { ...table.columns, allergies: column.parse({ type: "text", title: "Allergies" }) };
  expect(cost({ ...plan, tables: { ...plan.tables, [name]: { ...table, columns } } })).toBeGreaterThan(
    cost(plan),
  );
  expect(cost({ ...plan, roles: [{ name: "Patients", where: "chat" }] })).toBe(cost(plan));
});

test("an estimate is at the model's price: of a turn, and of a conversation of five", () => {
  const used = {
    turns: 4,
    counts: { input: 4_000, cache_read: 0, cache_write: 0, output: 200, reasoning: 0 },
  };
  // 1,000 tokens at $0.10 a million and 50 at $0.40.
  expect(measuredOf(used)).toEqual({
    turns: 4,
    input_tokens: 1_000,
    output_tokens: 50,
    turn_nano: "120000",
    turn_usd: "0.00012",
    conversation_nano: "600000",
    conversation_usd: "0.0006",
  });
  const dear = { ...OFFLINE_PRICE.pico, input: 1_000_000n, output: 4_000_000n };
  expect(measuredOf(used, dear).turn_nano).toBe("1200000");
  expect(estimateOf(planned(PROMPTS[0]!.prompt))).toMatchObject({ conversation_turns: 5, build_nano: "0" });
  expect(measuredOf({ turns: 0, counts: { ...used.counts, input: 0, output: 0 } }).turn_nano).toBe("0");
});

test("T33 what an edited plan says of its request is read once, and no further than a prompt may go", () => {
  const plan = planned(PROMPTS[0]!.prompt);
  const work = plan.workflows.find((it) => it.table !== null)!;
  const workflows = Array.from({ length: 40 }, (_, at) => ({ ...work, name: `w-${at}`, table: null }));
  vi.mocked(readBrief).mockClear();
  estimateOf({ ...plan, tables: {}, workflows, brief: ["x and ".repeat(10_000)] });
  expect(vi.mocked(readBrief).mock.calls.map(([text]) => text.length)).toEqual([20_000]);
});
