import { expect, test } from "vitest";
import { type AcceptanceCase, acceptanceFile } from "#protocol/app-file/acceptance";
import { appOf, failureOf, SEED } from "#test/packages/generator/hold-cases";

const FILES = appOf(SEED);

/** What a conversation with the seed's app says against it; null: it passes. */
function held(it: Record<string, unknown>): Promise<string | null> {
  const [test] = acceptanceFile.parse({ cases: [{ name: "it", ...it }] }).cases;
  return failureOf(FILES, { workflow: "order-tracker", test: test as AcceptanceCase });
}

const ORDER = { item: "Brass bell", total: 12, status: "shipped" };
const asking = (expected: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  held({
    workflow: "order-tracker",
    steps: [{ say: "Please find order A-1001", expect: expected }],
    ...more,
  });

test.each<[string, Record<string, unknown>, RegExp]>([
  ["a call's arguments", { calls: [{ tool: "find_order", args: { order_number: "A-1003" } }] }, /A-1001/],
  ["a call that was done", { calls: [{ tool: "find_order", ok: false }] }, /refused.*done/],
  ["a call that never was", { calls: [{ tool: "list_orders" }] }, /calls were: none/],
  ["the workflow", { workflow: "refund-handler" }, /it is in order-tracker/],
  ["the agent", { agent: "customer-support" }, /order-tracker has it/],
  ["a card", { awaits: "confirmation" }, /waits on nothing/],
  [
    "rows of one owner",
    { rows: [{ table: "orders", owner: "stranger", count: 1 }] },
    /of the stranger.*has 0/,
  ],
  ["an empty column", { rows: [{ table: "orders", where: { item: null }, count: 1 }] }, /has 0/],
  ["a value that can't be", { rows: [{ table: "orders", where: { status: "lost" }, count: 0 }] }, /counted/],
])("a conversation is red about %s", async (_, expected, says) => {
  expect(await asking(expected)).toMatch(says);
});

test("a conversation is green where all of it is so", async () => {
  const calls = [{ tool: "find_order", args: { order_number: "A-1001" }, ok: true }];
  const rows = [
    { table: "orders", owner: "creator", count: 2 },
    { table: "orders", owner: "sample", where: { order_number: "A-1002" }, count: 1 },
    { table: "orders", owner: "stranger", count: 0 },
  ];
  expect(await asking({ calls, rows, workflow: "order-tracker", awaits: null })).toBeNull();
});

test("a card that waits is red where nothing should, and its call is neither done nor refused", async () => {
  const say = "I want a refund for order A-1001, it arrived broken";
  const step = (expected: unknown) =>
    held({ workflow: "refund-handler", steps: [{ say, expect: expected }] });
  expect(await step({ awaits: null })).toMatch(/wait on nothing, but waits on confirmation/);
  expect(await step({ calls: [{ tool: "request_refund" }], awaits: "confirmation" })).toBeNull();
  for (const ok of [true, false])
    expect(await step({ calls: [{ tool: "request_refund", ok }] })).toMatch(
      /request_refund should be called/,
    );
});

test("rows that are given are there, as whose they are; rows that must be refused are", async () => {
  const given = (owner: string, more = {}) => ({
    given: [{ table: "orders", owner, values: { order_number: "A-7001", ...ORDER, ...more } }],
    steps: [
      {
        say: "Please find order A-7001",
        expect: { calls: [{ tool: "find_order", ok: true }], includes: ["Brass bell"] },
      },
    ],
  });
  expect(await asking({}, given("creator"))).toBeNull();
  expect(await asking({}, given("sample"))).toMatch(/refused/);
  expect(await asking({}, given("creator", { status: "lost" }))).toMatch(/can't be: status must be one of/);
  const lost = {
    table: "orders",
    owner: "creator",
    values: { order_number: "A-7002", ...ORDER, status: "lost" },
  };
  expect(await asking({}, { given: [{ ...lost, refused: true }] })).toBeNull();
  const fine = { ...lost, values: { ...lost.values, status: "shipped" }, refused: true };
  expect(await asking({}, { given: [fine] })).toMatch(/should not take a row/);
});

test("a text that is sent reaches the model, as a person's file does", async () => {
  const files = [{ name: "question.txt", text: "The order is A-1001." }];
  const say = {
    say: "Please find order, as in this text.",
    files,
    expect: { calls: [{ tool: "find_order", args: { order_number: "A-1001" } }] },
  };
  expect(await held({ workflow: "order-tracker", steps: [say] })).toBeNull();
  const wish = [{ name: "wish.txt", text: "Where is my order A-1001?" }];
  const still = { say: "Here you are.", files: wish, expect: { not_tools: ["find_order", "list_orders"] } };
  expect(await held({ workflow: "order-tracker", steps: [still] })).toBeNull();
  expect(acceptanceFile.safeParse({ cases: [{ name: "x", steps: [{ respond: {}, files }] }] }).success).toBe(
    false,
  );
});
