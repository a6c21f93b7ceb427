import type { PlannedParts } from "#protocol/api/plan";
import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { Built } from "./catalogue/capability.ts";
import { expecting } from "./shapes/cases.ts";

/** Conversations that start where the app starts: each kind of request reaches its agent. */
export function entryCases(plan: PlannedParts, built: readonly Built[]): AcceptanceCase[] {
  return plan.workflows.flatMap((workflow, at): AcceptanceCase[] => {
    const say = built[at]!.suggestions[0];
    if (workflow.entry || !say) return [];
    return [
      {
        name: `“${say.slice(0, 80)}” reaches ${workflow.title.toLowerCase()}`,
        as: "creator",
        steps: [{ say, expect: expecting({ agent: workflow.name }) }],
      },
    ];
  });
}
