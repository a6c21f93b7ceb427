import { expect, test } from "vitest";
import type { ToolItem } from "../../../chatui/src/chat/chat-state.ts";
import { planDecision } from "../../../chatui/src/foundry/plan-decision.ts";

const plan: ToolItem = {
  kind: "tool",
  id: "t",
  key: "tool-0",
  name: "build_app",
  interaction: "ui_tool",
  component: "plan",
  payload: {},
  awaiting: true,
  steps: [{ name: "plan", status: "done" }],
};

test("a plan is open until it is answered, also after an answer that was refused", () => {
  expect(planDecision(plan)).toBe("open");
  expect(planDecision({ ...plan, answer: { status: "sending", response: { approved: true } } })).toBe("open");
  expect(planDecision({ ...plan, answer: { status: "rejected", response: { approved: true } } })).toBe(
    "open",
  );
});

test("an answer that was taken decides it", () => {
  const taken = (approved: boolean) =>
    planDecision({ ...plan, answer: { status: "accepted", response: { approved } } });
  expect(taken(true)).toBe("approved");
  expect(taken(false)).toBe("refused");
});

test("after a reload the log decides it: a later step, or the build's end", () => {
  expect(planDecision({ ...plan, steps: [...plan.steps, { name: "files", status: "running" }] })).toBe(
    "approved",
  );
  const ended = (status: "ok" | "failed" | "declined") =>
    planDecision({ ...plan, awaiting: false, outcome: { status, success: status === "ok", content: {} } });
  expect([ended("ok"), ended("failed"), ended("declined")]).toEqual(["approved", "approved", "refused"]);
});
