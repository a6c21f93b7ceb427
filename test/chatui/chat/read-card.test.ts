import { expect, test } from "vitest";
import type { ToolItem } from "../../../chatui/src/chat/chat-state.ts";
import { formResponse, problemsOf } from "../../../chatui/src/chat/form-response.ts";
import { outcomeOf } from "../../../chatui/src/chat/outcome-of.ts";
import { readCard } from "../../../chatui/src/chat/read-card.ts";

function item(part: Partial<ToolItem>): ToolItem {
  return {
    kind: "tool",
    id: "t",
    key: "tool-0",
    name: "ask_details",
    interaction: "ui_tool",
    component: null,
    payload: {},
    awaiting: true,
    steps: [],
    ...part,
  };
}

test("an approval asks yes or no and shows its facts under their labels", () => {
  const payload = {
    title: "Record this refund?",
    message: "Refund $49.90?",
    facts: [
      { name: "amount", label: "Amount", value: "49.90" },
      { name: "order_number", value: "A-1001" },
    ],
  };
  expect(readCard(item({ interaction: "approval", component: "confirmation", payload }))).toEqual({
    asks: "yes-no",
    title: "Record this refund?",
    message: "Refund $49.90?",
    facts: [
      ["Amount", "49.90"],
      ["Order number", "A-1001"],
    ],
  });
});

test("a choice offers its options, one or many as its schema says", () => {
  const one = { options: ["Mon", { value: "tue", label: "Tuesday" }] };
  expect(readCard(item({ component: "choice", payload: one }))).toMatchObject({
    asks: "choice",
    many: false,
    options: [
      { value: "Mon", label: "Mon" },
      { value: "tue", label: "Tuesday" },
    ],
  });
  const many = { options: ["a"], response_schema: { properties: { values: { type: "array" } } } };
  expect(readCard(item({ component: "choice", payload: many }))).toMatchObject({ many: true });
});

test("a form has its fields, and those without a name are left out", () => {
  const fields = [
    { name: "size", label: "Size", type: "choice", options: ["S"], required: false },
    { label: "x" },
  ];
  expect(readCard(item({ component: "form", payload: { fields } }))).toMatchObject({
    asks: "fields",
    fields: [{ name: "size", label: "Size", type: "choice", options: ["S"], required: false }],
  });
});

test("a component this page does not know is asked by its JSON Schema", () => {
  const response_schema = {
    type: "object",
    required: ["when"],
    properties: {
      when: { type: "string", format: "date", title: "Day" },
      people: { type: "integer" },
      table: { enum: ["in", "out"] },
      quiet: { type: "boolean" },
    },
  };
  const card = readCard(item({ component: "seat-picker", payload: { response_schema } }));
  expect(card).toMatchObject({
    asks: "fields",
    title: "Ask details",
    fields: [
      { name: "when", label: "Day", type: "date", required: true },
      { name: "people", label: "People", type: "integer", required: false },
      { name: "table", type: "choice", options: ["in", "out"] },
      { name: "quiet", type: "boolean" },
    ],
  });
});

test("a payload of the wrong shapes still makes a card", () => {
  const payload = { title: 5, message: null, options: "no", fields: {}, response_schema: [] };
  for (const component of ["form", "choice", "confirmation", "other"])
    expect(readCard(item({ component, payload })).title).toBe("Ask details");
});

test("a form's answer has the types of its fields and leaves out what is empty", () => {
  const field = (name: string, type: "text" | "number" | "boolean") => ({
    name,
    label: name,
    type,
    options: [],
    required: false,
  });
  const fields = [
    field("name", "text"),
    field("count", "number"),
    field("ok", "boolean"),
    field("note", "text"),
  ];
  expect(formResponse(fields, { name: " Ada ", count: "3", note: "  " })).toEqual({
    name: "Ada",
    count: 3,
    ok: false,
  });
});

const outcome = (status: "ok" | "failed" | "declined" | "dismissed", content: unknown) => ({
  awaiting: false,
  outcome: { status, success: status === "ok", content },
});

test("an answered card says what was answered", () => {
  const approved = { interaction: "approval" as const, ...outcome("ok", { ok: true, row: {} }) };
  expect(outcomeOf(item(approved))).toEqual({ is: "yes" });
  expect(outcomeOf(item(outcome("ok", { ok: true, approved: false })))).toEqual({ is: "no" });
  expect(outcomeOf(item(outcome("ok", { ok: true, value: "Tuesday" })))).toEqual({
    is: "chosen",
    value: "Tuesday",
  });
  expect(outcomeOf(item(outcome("ok", { ok: true, size: "M" })))).toEqual({
    is: "filled",
    facts: [["Size", "M"]],
  });
});

test("a card that was refused, set aside or failed says so", () => {
  expect(outcomeOf(item(outcome("declined", {})))).toEqual({ is: "no" });
  expect(outcomeOf(item(outcome("dismissed", {})))).toEqual({ is: "dismissed" });
  expect(outcomeOf(item(outcome("failed", { error: "There is no such order." })))).toEqual({
    is: "failed",
    reason: "There is no such order.",
  });
});

test("the default form takes an object one level apart, ticks for lists of options, JSON for the rest", () => {
  const response_schema = {
    type: "object",
    required: ["address", "days"],
    properties: {
      address: {
        type: "object",
        title: "Address",
        required: ["city"],
        properties: { city: { type: "string" }, floor: { type: "integer", minimum: 0 } },
      },
      days: { type: "array", items: { enum: ["Mon", "Tue"] } },
      extra: { type: "array", items: { type: "object" }, default: [{ a: 1 }] },
    },
  };
  const card = readCard(
    item({ component: "delivery_picker", payload: { response_schema, args: { order: "A-1" } } }),
  );
  expect(card.facts).toEqual([["Order", "A-1"]]);
  expect(card.asks).toBe("fields");
  if (card.asks !== "fields") return;
  expect(card.fields).toMatchObject([
    { name: "address.city", label: "Address: city", type: "text", required: true },
    { name: "address.floor", type: "integer", min: 0, required: false },
    { name: "days", type: "multi_choice", options: ["Mon", "Tue"], required: true },
    { name: "extra", type: "json", value: '[{"a":1}]' },
  ]);
  const values = { "address.city": "Oslo", "address.floor": "2", days: ["Tue"], extra: '[{"b":2}]' };
  expect(problemsOf(card.fields, values)).toEqual({});
  expect(formResponse(card.fields, values)).toEqual({
    address: { city: "Oslo", floor: 2 },
    days: ["Tue"],
    extra: [{ b: 2 }],
  });
  expect(problemsOf(card.fields, { ...values, days: [], extra: "{" })).toEqual({
    days: "Choose at least one.",
    extra: expect.stringContaining("not JSON"),
  });
});
