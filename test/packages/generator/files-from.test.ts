import fc from "fast-check";
import { expect, test } from "vitest";
import { filesFrom } from "#generator/files-from";
import { planHash } from "#generator/plan-hash";
import type { Plan } from "#protocol/api/plan";
import { planned } from "#test/support/planned";
import { checkApp } from "#workflows/check-app";
import { parseApp } from "#workflows/parse-app";
import { printApp } from "#workflows/print-app";

/** The seed's plan after an edit by its owner. */
function edited(edit: (plan: Plan) => void): Plan {
  const plan = planned("Build a customer support app that handles refunds and tracks orders");
  edit(plan);
  return plan;
}

function expectSound(plan: Plan) {
  const files = filesFrom(plan);
  expect(checkApp(files)).toEqual([]);
  expect(parseApp(printApp(files)).ok).toBe(true);
  return files;
}

test("a workflow renamed in the plan keeps its hand-offs and conversations", () => {
  const files = expectSound(
    edited((plan) => {
      plan.workflows[1]!.name = "money-back";
      plan.workflows[1]!.title = "Money back";
    }),
  );
  expect(files.workflows["order-tracker"]?.agents["order-tracker"]?.handoffs).toEqual(["money-back"]);
  expect(files.acceptance["money-back"]?.cases[0]?.name).toBeTruthy();
});

test("a workflow taken out of the plan leaves no trace", () => {
  const files = expectSound(edited((plan) => plan.workflows.splice(2, 1)));
  expect(JSON.stringify(files.workflows)).not.toContain("order-tracker");
});

test("without its entry, the plan's first workflow is where chats start", () => {
  const files = expectSound(edited((plan) => plan.workflows.splice(0, 1)));
  expect(Object.values(files.workflows).filter((it) => it.entry)).toHaveLength(1);
});

test("a column added to the plan is asked for", () => {
  const files = expectSound(
    edited((plan) => {
      plan.workflows.push({
        name: "gift-wish",
        title: "Gift wish",
        description: "Takes wishes",
        capability: "request",
        table: "gifts",
        entry: false,
        words: {
          noun: "gift",
          plural: "gifts",
          record: "gift request",
          records: "gift requests",
          verb: "request",
        },
      });
      plan.tables.gifts = {
        title: "Gifts",
        owner: "user",
        key: "gift_number",
        key_prefix: "G-",
        columns: {
          gift_number: { type: "text", required: true },
          colour: { type: "enum", values: ["red", "blue"], required: true },
          status: { type: "enum", values: ["open", "withdrawn"], default: "open", required: false },
        },
        sample: [],
      };
    }),
  );
  expect(files.workflows["gift-wish"]?.tools.request_gift).toMatchObject({ set: ["colour"] });
});

test("a table taken out of the plan comes back with what its workflow needs", () => {
  expectSound(
    edited((plan) => {
      delete plan.tables.orders;
      delete plan.tables.refunds;
    }),
  );
});

test("any words in a plan give files that parse", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.nat(2), (word, at) => {
      const plan = edited((it) => {
        for (const name of Object.keys(it.workflows[at]!.words))
          if (name !== "target_table") it.workflows[at]!.words[name] = word;
      });
      expect(parseApp(printApp(filesFrom(plan)))).toMatchObject({ ok: true });
    }),
    { numRuns: 50 },
  );
}, 30_000);

test("a plan's hash is stable, ignores the order of keys and sees every change", async () => {
  const plan = edited(() => {});
  const hash = await planHash(plan);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  const { name, ...rest } = plan;
  expect(await planHash({ ...rest, name })).toBe(hash);
  expect(await planHash(JSON.parse(JSON.stringify(plan)))).toBe(hash);
  expect(await planHash(edited((it) => void it.workflows.reverse()))).not.toBe(hash);
  expect(await planHash({ ...plan, name: `${plan.name}!` })).not.toBe(hash);
});
