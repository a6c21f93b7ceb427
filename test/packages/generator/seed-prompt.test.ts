import { expect, test } from "vitest";
import { filesFrom } from "#generator/files-from";
import { plan as planSchema } from "#protocol/api/plan";
import { planned } from "#test/support/planned";
import { checkApp } from "#workflows/check-app";

const SEED = "Build a customer support app that handles refunds and tracks orders";
const WORDINGS = [
  "I need an app for customer support that can process refunds and track orders.",
  "Make me a support app: refunds and order tracking",
  "customer support with order tracking and refund handling",
  "Our customers should be able to track their orders and ask for refunds; make it a customer support app",
  "Please create a customer service chatbot which tracks orders and handles refunds",
  "A customer support assistant where people can check their order status, and request a refund.",
  "Build me a customer support bot. It should track orders. It should also handle refund requests.",
  "help my customers track orders and get refunds with a customer support app",
  "CUSTOMER SUPPORT APP THAT HANDLES REFUNDS AND TRACKS ORDERS!!!",
  "Could you build a customer care app for tracking orders and handling refunds?",
  "Refunds are handled and orders are tracked by a customer support app.",
  "Customer support:\n- refunds\n- order tracking",
  "refunds + order tracking, customer support",
  "I'd like a customer support app, please, which sorts out refunds and keeps tabs on orders",
  "a custmer suport app for refnds and trackng ordrs",
  "I run a small shop and every day customers write to ask where their order is or want their money back. I want an app that answers them: customer support that tracks orders and handles refunds.",
  "* customer support\n* handle refunds\n* track orders",
  "Can you make a customer support app where people can track their orders and get a refund?",
  "Handle refunds. Track orders. Do customer support.",
  "We are an online retailer and our support inbox is full. Most e-mails are about two things: where an order is, and how to get a refund. Please build a customer support app that our customers can chat with, which can look up the status of an order and take a refund request, so that my team has time for the hard cases.",
  "Customers need to be able to ask for refunds and see where their orders are - it's a customer support thing",
  "It would be brilliant to have a customer service app to sort refunds and check on orders",
];

function built(prompt: string) {
  const plan = planned(prompt);
  return { plan, files: filesFrom(plan) };
}

test("the seed prompt gives exactly its three workflows and two tables", () => {
  const { plan, files } = built(SEED);
  expect(planSchema.parse(plan)).toEqual(plan);
  expect(Object.keys(files.workflows).sort()).toEqual([
    "customer-support",
    "order-tracker",
    "refund-handler",
  ]);
  expect(Object.keys(files.app.tables).sort()).toEqual(["orders", "refunds"]);
  expect(files.workflows["customer-support"]?.entry).toBe(true);
  expect(checkApp(files)).toEqual([]);
});

test("the seed's agents hand over to each other", () => {
  const { files } = built(SEED);
  const handoffs = (name: string) => files.workflows[name]?.agents[name]?.handoffs;
  expect(handoffs("customer-support")).toEqual(["refund-handler", "order-tracker"]);
  expect(handoffs("order-tracker")).toEqual(["refund-handler"]);
  expect(handoffs("refund-handler")).toEqual(["order-tracker"]);
});

test("A-1001 is the creator's sample order and A-1002 a sample person's", () => {
  const rows = built(SEED).files.app.tables.orders?.sample ?? [];
  expect(rows.find((it) => it.values.order_number === "A-1001")?.owner).toBe("creator");
  expect(rows.find((it) => it.values.order_number === "A-1002")?.owner).toBe("sample");
});

test("a refund takes its amount from the order, is refused for a refunded one, and waits for the person's yes", () => {
  const tool = built(SEED).files.workflows["refund-handler"]?.tools.request_refund;
  expect(tool).toMatchObject({
    kind: "table",
    table: "refunds",
    action: "insert",
    set: ["order_number", "reason"],
    lookup: [{ as: "order", table: "orders", by: { order_number: "order_number" } }],
    values: { amount: "order.total", status: '"requested"' },
    approval: { by: "user", message: "Refund {amount} for order {order_number}?" },
  });
});

test("the seed has at least three conversations a workflow", () => {
  const { files } = built(SEED);
  for (const it of Object.values(files.acceptance)) expect(it.cases.length).toBeGreaterThanOrEqual(3);
});

test.each(WORDINGS)("the same app in other words: %s", (prompt) => {
  const { files } = built(prompt);
  const workflows = Object.keys(files.workflows).sort();
  expect(workflows.filter((it) => !/^customer-(support|service|care)$/.test(it))).toEqual([
    "order-tracker",
    "refund-handler",
  ]);
  expect(workflows).toHaveLength(3);
  expect(Object.values(files.workflows).find((it) => it.entry)?.name).toMatch(/^customer-/);
  expect(Object.keys(files.app.tables).sort()).toEqual(["orders", "refunds"]);
});
