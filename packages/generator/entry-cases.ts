import type { Plan } from "#protocol/api/plan";
import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { Built } from "./catalogue/capability.ts";
import { expecting } from "./shapes/cases.ts";

/** Conversations that start where the app starts: each kind of request reaches its agent; noise stays polite. */
export function entryCases(plan: Plan, built: readonly Built[]): AcceptanceCase[] {
  if (plan.workflows.length < 2) return [];
  const routed: AcceptanceCase[] = [];
  for (const [at, workflow] of plan.workflows.entries()) {
    const say = built[at]!.suggestions[0];
    if (workflow.entry || !say) continue;
    routed.push({
      name: `“${say.slice(0, 80)}” reaches ${workflow.title.toLowerCase()}`,
      as: "creator",
      steps: [{ say, expect: expecting({ agent: workflow.name }) }],
    });
  }
  const entry = plan.workflows.find((it) => it.entry);
  const noTools = [...new Set(built.flatMap((it) => Object.keys(it.tools)))];
  return [
    ...routed,
    {
      name: "A greeting is answered and nothing is done",
      as: "stranger",
      steps: [{ say: "Hello!", expect: expecting({ agent: entry?.name, not_tools: noTools }) }],
    },
    {
      name: "Words without meaning get a polite answer and nothing is done",
      as: "stranger",
      steps: [{ say: "asdf", expect: expecting({ agent: entry?.name, not_tools: noTools }) }],
    },
  ];
}
