import type { Plan, PlannedWorkflow } from "#protocol/api/plan";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { SampleRow, Table } from "#protocol/app-file/table";
import type { WorkflowFile } from "#protocol/app-file/workflow";
import { readBrief } from "./brief/read-brief.ts";
import { ascii, orList } from "./brief/words.ts";
import { capabilityOf } from "./catalogue/all.ts";
import type { Built, SampleKey, Site } from "./catalogue/capability.ts";
import { HAND_OVER_RULE, RULES_FOR_ALL } from "./catalogue/rules-for-all.ts";
import { entryCases, peerCases } from "./entry-cases.ts";
import { HUMAN_RULE, HUMAN_TOOL, humanCase, humanTool } from "./shapes/human.ts";

/** With more specialists than these, each hands back to the entry instead of to all others. */
const MAX_PEERS = 6;

/** A whole app from a plan, which a person may have edited. Pure: the same files for the same plan. */
export function filesFrom(approved: Plan): AppFiles {
  const plan = tidy(approved);
  const tables: Record<string, Table> = { ...plan.tables };
  const sites = plan.workflows.map((planned) => siteOf(plan, planned, tables));
  const built = sites.map((site, at) =>
    withHuman(capabilityOf(plan.workflows[at]!.capability).build(site), site),
  );
  const knowledge = Object.assign({}, ...built.map((it) => it.knowledge)) as Record<string, string>;
  const workflows: AppFiles["workflows"] = {};
  const acceptance: AppFiles["acceptance"] = {};
  for (const [at, planned] of plan.workflows.entries()) {
    const workflow = workflowFrom(plan, planned, built[at]!, built);
    workflows[planned.name] = workflow;
    const { handoffs } = workflow.agents[workflow.entry_agent]!;
    const own = planned.entry ? entryCases(plan, built) : peerCases(plan, planned.name, handoffs, built);
    acceptance[planned.name] = { cases: [...own, ...built[at]!.cases].slice(0, 60) };
  }
  return {
    app: {
      name: plan.name,
      description: plan.description,
      branding: plan.branding,
      model: "offline/mozaiks-1",
      currency: "USD",
      allow_hosts: [],
      mcp: {},
      tables,
    },
    workflows,
    acceptance,
    ...(Object.keys(knowledge).length > 0 ? { knowledge } : {}),
  };
}

function workflowFrom(
  plan: Plan,
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
function welcomeOf(plan: Plan, all: readonly Built[]): string {
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
    instructions: [...built.instructions, HUMAN_RULE],
    tools: { ...built.tools, [HUMAN_TOOL]: humanTool() },
    cases: [...built.cases, humanCase(site.workflow, Object.keys(built.tools))],
  };
}

/** The plan's table, or the one its capability would plan if it is gone, so that an edit never leaves a hole. */
function siteOf(plan: Plan, planned: PlannedWorkflow, tables: Record<string, Table>): Site {
  let tableName = planned.table ?? "";
  if (!Object.hasOwn(tables, tableName)) {
    const again = capabilityOf(planned.capability).plan({
      noun: planned.words.noun ?? "",
      verb: null,
      items: planned.words.items?.split(" | ") ?? [],
      brief: readBrief(plan.brief.join(". ")),
    });
    tableName = again.table ?? "";
    for (const [name, table] of Object.entries(again.tables)) tables[name] ??= table;
  }
  const table = tables[tableName] ?? NO_TABLE;
  return {
    app: plan.name,
    workflow: planned.name,
    title: planned.title,
    description: planned.description,
    words: planned.words,
    tableName,
    table,
    tables,
    siblings: plan.workflows.filter((it) => it !== planned),
    mine: sampleKey(table, "creator"),
    theirs: sampleKey(table, "sample"),
  };
}

/** An edited plan, made safe to write files from: exactly one entry, and words that are words. */
function tidy(plan: Plan): Plan {
  const entry = plan.workflows.find((it) => it.entry) ?? plan.workflows[0];
  return {
    ...plan,
    workflows: plan.workflows.map((it) => ({ ...it, entry: it === entry, words: tidyWords(it.words) })),
  };
}

/** Nouns end up in names of tools, so only letters and digits stay; what is then empty is left to the catalogue. */
function tidyWords(words: Record<string, string>): Record<string, string> {
  const nouns = ["noun", "plural", "record", "records", "target"];
  return Object.fromEntries(
    Object.entries(words)
      .map(([name, word]) => [name, nouns.includes(name) ? ascii(word).slice(0, 48).trim() : word] as const)
      .filter(([, word]) => word !== ""),
  );
}

const NO_TABLE: Table = { title: "None", owner: "user", key: "id", columns: {}, sample: [] };

function sampleKey(table: Table, owner: SampleRow["owner"]): SampleKey | null {
  const row = table.sample.find((it) => it.owner === owner && it.values[table.key]);
  return row ? { key: String(row.values[table.key]), values: row.values } : null;
}
