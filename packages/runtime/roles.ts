import type { DeclaredRoles } from "#protocol/app-file/app";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { Agent, WorkflowFile } from "#protocol/app-file/workflow";

/** What somebody was given: names, of which only declared ones count, or all that there are (the app's team). */
export type GivenRoles = "all" | readonly string[];

/** The roles somebody has. End users have roles of the chat alone: what they were given, else the default. Pure. */
export function rolesOf(declared: DeclaredRoles, given: GivenRoles): string[] {
  if (given === "all") return declared.map(({ name }) => name);
  const own = declared.filter(({ name, where }) => where === "chat" && given.includes(name));
  const had = own.length > 0 ? own : declared.filter((it) => it.default && it.where === "chat");
  return had.map(({ name }) => name);
}

/** Whether somebody of these roles may pass: the gate is open, or names one of them. Pure. */
export function passes(gate: readonly string[] | undefined, roles: readonly string[]): boolean {
  return !gate || gate.length === 0 || gate.some((name) => roles.includes(name));
}

/**
 * The app as it is for somebody of these roles: workflows, agents and tools behind a gate they don't pass are not in it,
 * nor any way there. So a model is not told of them, and a call of one is a call of nothing (T25). Pure.
 */
export function filesFor(files: AppFiles, roles: readonly string[]): AppFiles {
  if (!hasGates(files)) return files;
  const open = Object.values(files.workflows).filter((it) => passes(it.roles, roles));
  const names = new Set(open.map(({ name }) => name));
  return {
    ...files,
    workflows: Object.fromEntries(open.map((it) => [it.name, workflowFor(it, names, roles)])),
  };
}

function workflowFor(
  file: WorkflowFile,
  workflows: ReadonlySet<string>,
  roles: readonly string[],
): WorkflowFile {
  const agents = Object.entries(file.agents).filter(([, it]) => passes(it.roles, roles));
  const here = new Set(agents.map(([name]) => name));
  const tools = Object.entries(file.tools).filter(([, it]) => passes(it.roles, roles));
  const isThere = (target: string) =>
    here.has(target) || (workflows.has(target) && !own(file.agents, target));
  const narrowed = ([name, it]: [string, Agent]): [string, Agent] => [
    name,
    {
      ...it,
      handoffs: it.handoffs.filter(isThere),
      ...(it.asks && { asks: it.asks.filter(isThere) }),
      ...(it.panel && { panel: it.panel.filter(isThere) }),
      ...(it.next && { next: it.next.filter(({ to }) => to === "end" || here.has(to)) }),
    },
  ];
  return { ...file, agents: Object.fromEntries(agents.map(narrowed)), tools: Object.fromEntries(tools) };
}

function own(record: object, name: string): boolean {
  return Object.hasOwn(record, name);
}

const gated = (it: { roles?: readonly string[] | undefined }) => (it.roles?.length ?? 0) > 0;

function hasGates({ workflows }: AppFiles): boolean {
  return Object.values(workflows).some(
    (it) => gated(it) || Object.values(it.agents).some(gated) || Object.values(it.tools).some(gated),
  );
}
