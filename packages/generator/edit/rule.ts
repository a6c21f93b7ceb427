import type { AppFiles } from "#protocol/app-file/app-files";
import type { WorkflowFile } from "#protocol/app-file/workflow";

export type ColumnRef = { table: string; column: string };

/** What an instruction is read against. */
export type Context = {
  files: AppFiles;
  /** The app before its last change; null when that is not known. */
  previous: AppFiles | null;
  /** The column talked about last: "… and make it required". */
  last: ColumnRef | null;
};
/** An instruction carried out. `said`: what was understood, as a sentence. */
export type Done = { files: AppFiles; said: string; column?: ColumnRef };
/** An instruction that could mean several things, or can't be done as it was said. Options are instructions. */
export type Unclear = { question: string; options: string[] };

/** One kind of instruction. Null: it is not one of this kind. Pure; never throws. */
export type Rule = { example: string; read: (text: string, context: Context) => Done | Unclear | null };

export function withWorkflow(files: AppFiles, workflow: WorkflowFile): AppFiles {
  return { ...files, workflows: { ...files.workflows, [workflow.name]: workflow } };
}

/** A change of every agent that people talk with. */
export function withAgents(
  files: AppFiles,
  only: readonly string[] | null,
  change: (agent: WorkflowFile["agents"][string]) => WorkflowFile["agents"][string],
): AppFiles {
  const workflows = Object.entries(files.workflows).map(([name, workflow]) => {
    if (only && !only.includes(name)) return [name, workflow];
    const agents = Object.entries(workflow.agents).map(([key, agent]) => [
      key,
      agent.hidden ? agent : change(agent),
    ]);
    return [name, { ...workflow, agents: Object.fromEntries(agents) }];
  });
  return { ...files, workflows: Object.fromEntries(workflows) };
}

/** Adds a line to what an agent is told; those that `instead` fits give way to it. */
export function tellAgent<A extends { instructions: string }>(agent: A, line: string, instead?: RegExp): A {
  const kept = agent.instructions.split("\n").filter((it) => it !== line && !instead?.test(it));
  return { ...agent, instructions: [...kept, ...(line ? [line] : [])].join("\n").slice(0, 8_000) };
}

export function entryOf(files: AppFiles): WorkflowFile | undefined {
  const all = Object.values(files.workflows);
  return all.find((it) => it.entry) ?? all[0];
}
