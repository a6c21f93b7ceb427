import type { Plan } from "#protocol/api/plan";
import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { Built } from "./catalogue/capability.ts";
import { expecting } from "./shapes/cases.ts";

/** From one specialist to each it may hand over to: nobody has to start again to ask for something else. */
export function peerCases(
  plan: Plan,
  from: string,
  handoffs: readonly string[],
  built: readonly Built[],
): AcceptanceCase[] {
  const own = built[plan.workflows.findIndex((it) => it.name === from)]?.tools ?? {};
  // Who can do it alone may: a refund handler finds orders too. What everybody may look up is asked for at the entry.
  const overlaps = (other: Built) =>
    Object.keys(other.tools).some((name) => Object.hasOwn(own, name)) ||
    Object.values(other.tools).every(
      (it) => it.kind === "table" && it.action !== "insert" && !isOwn(plan, it.table),
    );
  return plan.workflows.flatMap((to, at) => {
    const say = built[at]!.suggestions[0];
    if (!handoffs.includes(to.name) || !say || overlaps(built[at]!)) return [];
    return [
      {
        name: `From ${from.replaceAll("-", " ")}, “${say.slice(0, 80)}” reaches ${to.title.toLowerCase()}`,
        as: "creator" as const,
        workflow: from,
        steps: [{ say, expect: expecting({ agent: to.name }) }],
      },
    ];
  });
}

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

function isOwn(plan: Plan, table: string): boolean {
  return plan.tables[table]?.owner === "user";
}
