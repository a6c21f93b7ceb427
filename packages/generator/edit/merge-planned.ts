import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { WorkflowFile } from "#protocol/app-file/workflow";
import { andList } from "../brief/words.ts";
import { HAND_OVER_RULE } from "../catalogue/rules-for-all.ts";
import { filesFrom } from "../files-from.ts";
import { planApp } from "../plan-app.ts";
import { expecting } from "../shapes/cases.ts";
import { addCases } from "./cases/cases-of.ts";
import { same } from "./patch.ts";
import { type Done, entryOf, tellAgent, type Unclear } from "./rule.ts";

/** Capabilities that only welcome people: the app has its own. */
const DESKS = new Set(["front-desk", "support"]);

/** What the planner makes of a phrase, as further workflows of an app. The app's own parts stay as they are. */
export function mergePlanned(files: AppFiles, phrase: string): Done | Unclear {
  const asked = planApp(`An app for ${phrase}`.slice(0, 2_000), {});
  const isVague = asked.kind === "plan" && asked.plan.workflows.every((it) => it.table === null);
  const again = isVague ? planApp(`An app to ${phrase}`.slice(0, 2_000), {}) : asked;
  if (again.kind === "refused") return { question: again.message, options: [] };
  const wanted = again.plan.workflows.filter((it) => !DESKS.has(it.capability));
  if (wanted.length === 0)
    return {
      question: `What should “${phrase.slice(0, 80)}” do? Name what people do there, for example “add a workflow to book tables”.`,
      options: [],
    };
  const made = filesFrom({ ...again.plan, workflows: wanted });
  const added = wanted.map((it) => made.workflows[it.name]!);
  const taken = added.find((it) => Object.hasOwn(files.workflows, it.name));
  if (taken) return { question: `The app has ${taken.title} already.`, options: [] };
  for (const [name, table] of Object.entries(made.app.tables)) {
    const there = files.app.tables[name];
    if (
      there &&
      !same(
        Object.keys(table.columns),
        Object.keys(table.columns).filter((it) => there.columns[it]),
      )
    )
      return {
        question: `The app keeps ${there.title.toLowerCase()} in another form already, so nothing was added.`,
        options: [],
      };
  }
  return {
    files: joined(files, made, added),
    said: `The app has ${andList(added.map((it) => it.title))}, too.`,
  };
}

function joined(files: AppFiles, made: AppFiles, added: readonly WorkflowFile[]): AppFiles {
  const entry = entryOf(files)!;
  const names = added.map((it) => it.name);
  const specialists = Object.values(files.workflows).filter((it) => !it.entry);
  // Those who hand over to each other do so with the new ones, too; a flat app goes by its entry.
  const peers = specialists.filter((it) =>
    it.agents[it.entry_agent]!.handoffs.some((to) => to !== entry.name),
  );
  const workflows: AppFiles["workflows"] = {};
  for (const [name, workflow] of Object.entries(files.workflows)) {
    const gets = workflow.name === entry.name || peers.includes(workflow) || specialists.length === 1;
    workflows[name] = gets ? handing(workflow, names) : workflow;
  }
  for (const workflow of added) {
    const others = names.filter((it) => it !== workflow.name);
    const to =
      peers.length > 0 || specialists.length === 1
        ? [...specialists.map((it) => it.name), ...others]
        : [entry.name];
    const agent = workflow.agents[workflow.entry_agent]!;
    const own = {
      ...workflow,
      entry: false,
      agents: { ...workflow.agents, [workflow.entry_agent]: { ...agent, handoffs: [] } },
    };
    workflows[workflow.name] = handing(own, to);
  }
  const tables = { ...made.app.tables, ...files.app.tables };
  const acceptance = { ...files.acceptance };
  for (const { name } of added) {
    const cases = made.acceptance[name]?.cases ?? [];
    acceptance[name] = { cases: cases.filter((it) => it.workflow === name && !expectsAgent(it)) };
  }
  const whole: AppFiles = {
    ...files,
    app: { ...files.app, tables },
    workflows,
    acceptance,
    ...(made.knowledge ? { knowledge: { ...made.knowledge, ...files.knowledge } } : {}),
  };
  return addCases(
    whole,
    entry.name,
    added.flatMap((it) => reached(it, entry)),
  );
}

/** At the entry, what people say first reaches the new workflow. */
function reached(workflow: WorkflowFile, entry: WorkflowFile): AcceptanceCase[] {
  const [say] = workflow.ui?.suggestions ?? [];
  if (!say) return [];
  const steps = [{ say, expect: expecting({ agent: workflow.entry_agent }) }];
  const name = `“${say.slice(0, 80)}” reaches ${workflow.title.toLowerCase()}`;
  return [{ name, as: "creator", ...(entry.entry ? {} : { workflow: entry.name }), steps }];
}

function expectsAgent(test: AcceptanceCase): boolean {
  return test.steps.some((it) => it.expect.agent !== undefined);
}

function handing(workflow: WorkflowFile, to: readonly string[]): WorkflowFile {
  const agent = workflow.agents[workflow.entry_agent]!;
  const handoffs = [...new Set([...agent.handoffs, ...to])].filter((it) => it !== workflow.name).slice(0, 40);
  const told = agent.instructions.includes(HAND_OVER_RULE) ? agent : tellAgent(agent, HAND_OVER_RULE);
  return { ...workflow, agents: { ...workflow.agents, [workflow.entry_agent]: { ...told, handoffs } } };
}
