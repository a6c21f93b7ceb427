import type { PlannedParts, PlannedWorkflow } from "#protocol/api/plan";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { WorkflowFile } from "#protocol/app-file/workflow";
import { orList } from "./brief/words.ts";
import type { Built, Site } from "./catalogue/capability.ts";
import { HAND_OVER_RULE, RULES_FOR_ALL } from "./catalogue/rules-for-all.ts";
import { commonCases } from "./common/common-cases.ts";
import { entryCases } from "./entry-cases.ts";
import { HUMAN_TOOL, humanCase, humanRule, humanTool } from "./shapes/human.ts";
import { buildAll } from "./sites-of.ts";

/** With more specialists than these, each hands back to the entry instead of to all others. */
const MAX_PEERS = 6;

/** As many as a file of conversations holds. */
const MAX_CASES = 60;

/** A whole app from a plan, which a person may have edited. Pure: the same files for the same plan. */
export function filesFrom(approved: PlannedParts): AppFiles {
  const { plan, tables, sites, built: plain } = buildAll(approved);
  const built = plain.map((it, at) => withHuman(it, sites[at]!));
  const knowledge = Object.assign({}, ...built.map((it) => it.knowledge)) as Record<string, string>;
  const workflows: AppFiles["workflows"] = {};
  const acceptance: AppFiles["acceptance"] = {};
  for (const [at, planned] of plan.workflows.entries()) {
    const workflow = workflowFrom(plan, planned, built[at]!, built);
    workflows[planned.name] = workflow;
    const own = planned.entry ? entryCases(plan, built) : [];
    acceptance[planned.name] = { cases: [...own, ...built[at]!.cases] };
  }
  const app: AppFiles["app"] = {
    name: plan.name,
    description: plan.description,
    branding: plan.branding,
    model: "offline/mozaiks-1",
    currency: plan.currency ?? "USD",
    ...(plan.languages ? { languages: plan.languages } : {}),
    ...(plan.roles ? { roles: plan.roles } : {}),
    allow_hosts: [],
    mcp: {},
    tables,
  };
  for (const [name, cases] of Object.entries(commonCases({ app, workflows }))) {
    const own = acceptance[name]?.cases ?? [];
    acceptance[name] = { cases: [...own, ...cases].slice(0, MAX_CASES) };
  }
  return { app, workflows, acceptance, ...(Object.keys(knowledge).length > 0 ? { knowledge } : {}) };
}

function workflowFrom(
  plan: PlannedParts,
  planned: PlannedWorkflow,
  built: Built,
  all: readonly Built[],
): WorkflowFile {
  const others = plan.workflows.filter((it) => it !== planned);
  const peers = others.filter((it) => !it.entry);
  const handoffs = (planned.entry || peers.length < MAX_PEERS ? peers : others.filter((it) => it.entry)).map(
    (it) => it.name,
  );
  const suggestions = planned.entry
    ? plan.workflows.flatMap((_, at) => all[at]!.suggestions.slice(0, plan.workflows.length > 3 ? 1 : 2))
    : built.suggestions;
  return {
    name: planned.name,
    title: planned.title,
    description: planned.description,
    entry: planned.entry,
    entry_agent: planned.name,
    agents: {
      [planned.name]: {
        title: planned.title,
        description: built.description.slice(0, 400),
        instructions: [
          ...built.instructions,
          ...RULES_FOR_ALL,
          ...(handoffs.length > 0 ? [HAND_OVER_RULE] : []),
        ].join("\n"),
        tools: Object.keys(built.tools),
        handoffs,
      },
    },
    tools: built.tools,
    ui: {
      welcome: planned.entry ? welcomeOf(plan, all) : built.welcome,
      suggestions: suggestions.slice(0, 6).map((it) => it.slice(0, 120)),
    },
  };
}

/** What the app says first: its name, and what one can do here. */
function welcomeOf(plan: PlannedParts, all: readonly Built[]): string {
  const offers = [...new Set(all.map((it) => it.offer).filter((it) => it !== undefined))];
  const named = offers.length > 4 ? [...offers.slice(0, 3), "more"] : offers;
  const what = named.length > 0 ? ` I can help you ${orList(named).replace(/ or more$/, " and more")}.` : "";
  return `Welcome to ${plan.name}!${what} What can I do for you?`.slice(0, 500);
}

/** With the way to a human of the team, where the plan has it. */
function withHuman(built: Built, site: Site): Built {
  if (!site.words.human) return built;
  return {
    ...built,
    instructions: [...built.instructions, humanRule()],
    tools: { ...built.tools, [HUMAN_TOOL]: humanTool() },
    cases: [...built.cases, humanCase(site.workflow, Object.keys(built.tools))],
  };
}
