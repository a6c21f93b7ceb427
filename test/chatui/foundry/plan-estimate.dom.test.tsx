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
  return <EditablePlan plan={plan} onChange={setPlan} />;
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
