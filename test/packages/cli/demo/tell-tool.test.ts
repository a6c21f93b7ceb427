import { expect, test } from "vitest";
import { inWords, tellTool } from "#cli/demo/tell-tool";

const call = {
  tool_call_id: "call_1",
  tool_name: "request_refund",
  interaction_type: "ui_tool" as const,
  component_type: "confirmation",
  display: "inline" as const,
  awaiting_response: true,
  payload: {
    title: "Confirm the refund",
    message: "Refund 49.90?",
    facts: [{ name: "order", label: "Order", value: "A-1001" }],
    response_schema: {},
  },
};

test("a card is told by its title, its message and its facts", () => {
  expect(tellTool(call)).toEqual(["[Confirm the refund: Refund 49.90?]", "  Order: A-1001"]);
});

test("a tool that asks nothing is told by its name", () => {
  expect(tellTool({ ...call, awaiting_response: false })).toEqual(["[request_refund]"]);
  expect(tellTool({ ...call, payload: {} })).toEqual(["[request_refund]"]);
});

test.for([
  [{ approved: true }, "yes"],
  [{ approved: false, comment: "too much" }, "no"],
  [{ value: "large" }, "large"],
  [{ guest_name: "Ann", guests: 2 }, "guest name: Ann, guests: 2"],
] as const)("the answer %j is said as %s", ([answer, words]) => {
  expect(inWords(answer)).toBe(words);
});
