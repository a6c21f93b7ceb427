import type { AppFiles } from "#protocol/app-file/app-files";
import type { WorkflowFile } from "#protocol/app-file/workflow";
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
    if (agents.length > 1 && agent.tools.length === 0 && agent.handoffs.length === 0)
      report(`agents.${name}`, "This agent can do nothing: it has no tool and hands over to nobody.");
  }
  const reached = reach([workflow.entry_agent], (it) => own(workflow.agents, it)?.handoffs ?? []);
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
    const inside = reach([workflow.entry_agent], (it) => own(workflow.agents, it)?.handoffs ?? []);
    return [...inside].filter((it) => !own(workflow.agents, it) || it !== name);
  });
}

function reach(from: readonly string[], next: (name: string) => readonly string[]): Set<string> {
  const seen = new Set(from);
  for (const name of seen) for (const it of next(name)) seen.add(it);
  return seen;
}
