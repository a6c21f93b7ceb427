import type { AppFiles } from "#protocol/app-file/app-files";
import type { Agent, WorkflowFile } from "#protocol/app-file/workflow";
import { cycleIn } from "./check-flow.ts";
import { oneOf, own, type Report } from "./finding.ts";

/** Agents, their tools and their hand-offs, inside one workflow. */
export function checkAgents(files: AppFiles, workflow: WorkflowFile, report: Report): void {
  const agents = Object.keys(workflow.agents);
  if (!own(workflow.agents, workflow.entry_agent))
    report("entry_agent", `There is no agent "${workflow.entry_agent}"; ${oneOf(agents)}.`);
  const others = Object.keys(files.workflows).filter((it) => it !== workflow.name);
  for (const [name, agent] of Object.entries(workflow.agents)) {
    for (const [index, tool] of agent.tools.entries())
      if (!own(workflow.tools, tool))
        report(
          `agents.${name}.tools.${index}`,
          `There is no tool "${tool}"; ${oneOf(Object.keys(workflow.tools))}.`,
        );
    for (const [index, target] of agent.handoffs.entries()) {
      const at = `agents.${name}.handoffs.${index}`;
      if (target === name) report(at, "An agent can't hand over to itself.");
      else if (!own(workflow.agents, target) && !others.includes(target))
        report(
          at,
          `There is no agent or workflow "${target}"; ${oneOf([...agents.filter((it) => it !== name), ...others])}.`,
        );
    }
    for (const list of ["asks", "panel"] as const)
      for (const [index, target] of (agent[list] ?? []).entries()) {
        const at = `agents.${name}.${list}.${index}`;
        if (target === name) report(at, "An agent can't ask itself.");
        else if (!own(workflow.agents, target) && !others.includes(target))
          report(
            at,
            `There is no agent or workflow "${target}"; ${oneOf([...agents.filter((it) => it !== name), ...others])}.`,
          );
      }
    const works =
      agent.tools.length > 0 || agent.output || agent.next?.length || colleagues(agent).length > 0;
    if (agents.length > 1 && !works && !isUsed(name, workflow))
      report(`agents.${name}`, "This agent can do nothing: it has no tool and hands over to nobody.");
  }
  const circle = cycleIn(agents, (it) => asked(own(workflow.agents, it)));
  if (circle) report(`agents.${circle}.asks`, "The agents it asks ask it in turn: nobody would ever answer.");
  const reached = reach([workflow.entry_agent], (it) => colleagues(own(workflow.agents, it)));
  for (const name of agents)
    if (!reached.has(name))
      report(`agents.${name}`, `Nobody hands over to "${name}", so no chat ever gets there.`);
  const used = new Set(Object.values(workflow.agents).flatMap((it) => it.tools));
  for (const name of Object.keys(workflow.tools))
    if (!used.has(name)) report(`tools.${name}`, "No agent has this tool.");
}

/** Workflows a chat can come to, starting from these by hand-offs. */
export function reachableWorkflows(files: AppFiles, from: readonly string[]): Set<string> {
  return reach(from, (name) => {
    const workflow = own(files.workflows, name);
    if (!workflow) return [];
    const inside = reach([workflow.entry_agent], (it) => colleagues(own(workflow.agents, it)));
    return [...inside].filter((it) => !own(workflow.agents, it) || it !== name);
  });
}

/** Whom an agent may bring in: by a hand-off, by asking, or by a rule. */
function colleagues(agent: Agent | undefined): string[] {
  if (!agent) return [];
  const next = (agent.next ?? []).map(({ to }) => to).filter((to) => to !== "end");
  return [...agent.handoffs, ...asked(agent), ...next];
}

function asked(agent: Agent | undefined): string[] {
  return [...(agent?.asks ?? []), ...(agent?.panel ?? [])];
}

/** Whether another agent wants its answer, or passes on to it. */
function isUsed(name: string, workflow: WorkflowFile): boolean {
  return Object.values(workflow.agents).some(
    (it) => asked(it).includes(name) || it.next?.some(({ to }) => to === name),
  );
}

function reach(from: readonly string[], next: (name: string) => readonly string[]): Set<string> {
  const seen = new Set(from);
  for (const name of seen) for (const it of next(name)) seen.add(it);
  return seen;
}
