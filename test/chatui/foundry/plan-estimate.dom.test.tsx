import { act, useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import type { Plan } from "#protocol/api/plan";
import { EditablePlan } from "../../../chatui/src/foundry/plan-editable.tsx";
import { shown } from "./shown.dom.tsx";

afterEach(() => void vi.unstubAllGlobals());

const workflow = (name: string, entry: boolean) => ({
  ...{ name, title: name, description: "Does it.", capability: "generic", table: null, entry, words: {} },
});
const estimate = (turn_nano: string): Plan["estimate"] => ({
  ...{ turn_nano, turn_usd: "", conversation_nano: "0", conversation_usd: "", conversation_turns: 5 },
  build_nano: "0",
});
const PLAN = {
  ...{ name: "Clinic", description: "", brief: [], assumptions: [], tables: {}, branding: {} },
  workflows: [workflow("desk", true), workflow("orders", false), workflow("refunds", false)],
  estimate: estimate("4000000"),
} as Plan;

function Page() {
  const [plan, setPlan] = useState(PLAN);
  const [buildable, setBuildable] = useState(true);
  return (
    <>
      <EditablePlan plan={plan} onChange={setPlan} onJudged={setBuildable} />
      <button type="button" disabled={!buildable}>
        Build
      </button>
    </>
  );
}

test("what a plan costs is asked of the server once for several edits, and shown in place of the old", async () => {
  const { at, button, click, writes } = await shown(<Page />, {
    "POST /api/plan/estimate": ({ plan }: { plan: Plan }) => ({
      estimate: estimate(`${plan.workflows.length}000000`),
    }),
  });
  const costs = () => at.querySelector('[data-testid="plan-costs"]')?.textContent;
  const until = (words: string) =>
    vi.waitFor(async () => {
      await act(async () => undefined);
      expect(costs()).toContain(words);
    });
  await click(button("Edit the plan"));
  expect(costs()).toContain("about $0.004");
  expect(writes()).toEqual([]);
  await click(button("Remove orders"));
  expect(at.textContent).toContain("before your last change");
  await click(button("Remove refunds"));
  await until("about $0.001");
  expect(at.textContent).not.toContain("before your last change");
  expect(writes().map(({ path }) => path)).toEqual(["/api/plan/estimate"]);
  // It is the same for whoever reads on.
  await click(button("Done"));
  expect(costs()).toContain("about $0.001");
});

test("a plan that no app can be built of says so before anybody signs up for it, until it is mended", async () => {
  const { at, button, click, type } = await shown(<Page />, {});
  const issues = [{ path: "plan.name", message: "Too small: expected string to have >=1 characters" }];
  vi.stubGlobal("fetch", async (_: string, init: { body: string }) => {
    const { plan } = JSON.parse(init.body) as { plan: Plan };
    if (plan.name !== "") return Response.json({ estimate: estimate("2000000") });
    const error = { code: "BAD_REQUEST", message: "Not valid.", retryable: false, details: { issues } };
    return Response.json({ error }, { status: 400 });
  });
  await click(button("Edit the plan"));
  const name = at.querySelector("input") as HTMLInputElement;
  const until = (isOff: boolean) =>
    vi.waitFor(async () => {
      await act(async () => undefined);
      expect(button("Build").disabled).toBe(isOff);
    });
  await type(name, "");
  await until(true);
  expect(at.querySelector('[role="alert"]')?.textContent).toContain("Something has no name");
  await type(name, "Clinic two");
  await until(false);
  expect(at.querySelector('[role="alert"]')).toBeNull();
});
