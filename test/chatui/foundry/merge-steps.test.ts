import { expect, test } from "vitest";
import type { Step } from "../../../chatui/src/chat/chat-state.ts";
import { mergeSteps } from "../../../chatui/src/foundry/merge-steps.ts";

const tool = (steps: Step[]) => ({
  kind: "tool" as const,
  id: "t",
  key: "tool-0",
  name: "build_app",
  interaction: "auto_tool" as const,
  component: "build",
  payload: {},
  awaiting: false,
  steps,
});

test("all six steps are there from the start", () => {
  const steps = mergeSteps([], []);
  expect(steps.map(({ name }) => name)).toEqual(["brief", "plan", "files", "check", "test", "publish"]);
  expect(steps.every(({ status }) => status === "waiting")).toBe(true);
});

test("of a step, the source that is further counts", () => {
  const read = [
    { name: "files" as const, status: "done" as const, detail: "3 workflows" },
    { name: "check" as const, status: "waiting" as const },
  ];
  const told = [
    { name: "files", status: "running" as const },
    { name: "check", status: "running" as const, detail: "looking" },
  ];
  expect(mergeSteps(read, [tool(told)])).toMatchObject([
    { name: "brief" },
    { name: "plan" },
    { name: "files", status: "done", detail: "3 workflows" },
    { name: "check", status: "running", detail: "looking" },
    { name: "test" },
    { name: "publish" },
  ]);
});
