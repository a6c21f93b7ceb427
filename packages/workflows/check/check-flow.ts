import type { NextRule } from "#protocol/app-file/flow";
import type { Agent, WorkflowFile } from "#protocol/app-file/workflow";
import { checkJson } from "#runtime/check-json";
import { askToolName } from "#runtime/tools/ask";
import { handoffToolName } from "#runtime/tools/handoff";
import { REMEMBER } from "#runtime/tools/remember";
import { type CelScope, celProblem } from "./check-cel.ts";
import { oneOf, own, type Report } from "./finding.ts";

/** What an agent does by itself: its rules, its answer's form, what a hidden one must not do. */
export function checkFlow(workflow: WorkflowFile, report: Report): void {
  const variables = Object.keys(workflow.variables ?? {});
  for (const [name, agent] of Object.entries(workflow.agents)) {
    const at = `agents.${name}`;
    if (name === "end") report(at, '"end" ends a turn, so no agent can be called that.');
    checkOutput(at, name, agent, workflow, report);
    for (const [index, rule] of (agent.next ?? []).entries())
      checkRule(`${at}.next.${index}`, name, agent, rule, workflow, report);
    const sure = (agent.next ?? []).findIndex(always);
    if (sure >= 0 && sure < (agent.next?.length ?? 0) - 1)
      report(`${at}.next.${sure + 1}`, "The rule before it always holds, so this one is never used.");
    if (agent.hidden) checkHidden(at, name, agent, workflow, report);
    for (const [, used = ""] of agent.instructions.matchAll(/\{vars\.([a-z][a-z0-9_]*)\}/g))
      if (!variables.includes(used))
        report(`${at}.instructions`, `There is no variable "${used}"; ${oneOf(variables)}.`);
    const ours = [REMEMBER, ...(agent.asks ?? []).map(askToolName), ...agent.handoffs.map(handoffToolName)];
    for (const tool of agent.tools)
      if (ours.includes(tool))
        report(`tools.${tool}`, `"${tool}" is the name of a tool that agents have by themselves.`);
  }
  const endless = cycleIn(Object.keys(workflow.agents), (name) =>
    (own(workflow.agents, name)?.next ?? []).filter(always).map(({ to }) => to),
  );
  if (endless)
    report(`agents.${endless}.next`, "These rules lead round for ever: give one of them `when` or `max`.");
}

/** A rule that holds whenever it is looked at. */
function always({ when, max }: NextRule): boolean {
  return when === undefined && max === undefined;
}

function checkRule(
  at: string,
  name: string,
  agent: Agent,
  rule: NextRule,
  workflow: WorkflowFile,
  report: Report,
): void {
  const agents = Object.keys(workflow.agents);
  if (rule.to !== "end" && !own(workflow.agents, rule.to))
    report(`${at}.to`, `There is no agent "${rule.to}"; ${oneOf([...agents, "end"])}.`);
  const scope: CelScope = {
    vars: Object.keys(workflow.variables ?? {}),
    user: null,
    ...(agent.output ? { output: propertiesOf(agent) } : {}),
  };
  const cel = (where: string, expression: string) => {
    const problem = celProblem(expression, scope);
    if (problem) report(where, problem);
  };
  if (rule.when !== undefined) cel(`${at}.when`, rule.when);
  for (const [variable, expression] of Object.entries(rule.set ?? {})) {
    mayWrite(`${at}.set.${variable}`, name, variable, workflow, report);
    cel(`${at}.set.${variable}`, expression);
  }
}

function checkOutput(at: string, name: string, agent: Agent, workflow: WorkflowFile, report: Report): void {
  if (!agent.output) return;
  try {
    checkJson(agent.output.schema, {});
  } catch {
    report(`${at}.output.schema`, "This is not a JSON Schema that answers can be checked with.");
  }
  const properties = propertiesOf(agent);
  for (const [variable, property] of Object.entries(agent.output.writes ?? {})) {
    mayWrite(`${at}.output.writes.${variable}`, name, variable, workflow, report);
    if (!properties.includes(property))
      report(`${at}.output.writes.${variable}`, `The answer has no "${property}"; ${oneOf(properties)}.`);
  }
}

function mayWrite(at: string, agent: string, name: string, workflow: WorkflowFile, report: Report): void {
  const variable = own(workflow.variables ?? {}, name);
  if (!variable)
    report(at, `There is no variable "${name}"; ${oneOf(Object.keys(workflow.variables ?? {}))}.`);
  else if (!variable.writers.includes(agent)) report(at, `"${agent}" is not among the writers of "${name}".`);
}

function checkHidden(at: string, name: string, agent: Agent, workflow: WorkflowFile, report: Report): void {
  if (name === workflow.entry_agent) report(at, "The agent that chats start with can't be hidden.");
  for (const [index, tool] of agent.tools.entries()) {
    const definition = own(workflow.tools, tool);
    if (definition?.kind === "ui" || (definition && "approval" in definition && definition.approval))
      report(`${at}.tools.${index}`, `A hidden agent can't ask the person, as "${tool}" does.`);
  }
  const speaks = Object.values(workflow.agents).some(
    (it) => it.handoffs.includes(name) || it.next?.some(({ to }) => to === name),
  );
  if (speaks && !agent.next?.some(always))
    report(`${at}.next`, "People hear nothing of a hidden agent: its last rule must always hold.");
}

function propertiesOf(agent: Agent): string[] {
  const { properties } = agent.output?.schema ?? {};
  return typeof properties === "object" && properties !== null ? Object.keys(properties) : [];
}

/** A node that can come back to itself, or null. */
export function cycleIn(nodes: readonly string[], next: (name: string) => readonly string[]): string | null {
  for (const start of nodes) {
    const seen = new Set(next(start));
    for (const name of seen) for (const it of next(name)) seen.add(it);
    if (seen.has(start)) return start;
  }
  return null;
}
