import type { AppFiles } from "#protocol/app-file/app-files";
import { checkAcceptance } from "./check/check-acceptance.ts";
import { checkFlow } from "./check/check-flow.ts";
import { checkAgents, reachableWorkflows } from "./check/check-graph.ts";
import { checkModels } from "./check/check-models.ts";
import { checkRoles } from "./check/check-roles.ts";
import { checkTables } from "./check/check-tables.ts";
import { checkTool } from "./check/check-tool.ts";
import { checkTriggers } from "./check/check-triggers.ts";
import { checkVariables } from "./check/check-variables.ts";
import { type Finding, oneOf } from "./check/finding.ts";

/**
 * Whether the parts of an app fit together; empty when they do. Every finding has its place, as in
 * `workflows/refund-handler/workflow.yaml: tools.request_refund.values.amount`, and a sentence for a person.
 * `startable`: workflows that chats may start at besides the entry, such as registered ones; they need no hand-off.
 * `knowsProvider`: whether the platform has a provider of models; null when that can't be told.
 */
export function checkApp(
  files: AppFiles,
  options: { startable?: readonly string[]; knowsProvider?: (name: string) => boolean | null } = {},
): Finding[] {
  const findings: Finding[] = [];
  const reportIn = (file: string) => (at: string, message: string) =>
    findings.push({ path: `${file}: ${at}`, message });
  const workflows = Object.entries(files.workflows);
  checkTables(files.app, reportIn("app.yaml"));
  checkRoles(files, reportIn);
  checkModels(files, reportIn, options.knowsProvider ?? (() => null));
  if (workflows.length === 0)
    findings.push({ path: "workflows", message: "An app needs at least one workflow." });
  for (const [name, workflow] of workflows) {
    const report = reportIn(`workflows/${name}/workflow.yaml`);
    if (workflow.name !== name)
      report("name", `The workflow is filed under "${name}" but called "${workflow.name}".`);
    checkAgents(files, workflow, report);
    checkTriggers(workflow, report);
    checkFlow(workflow, report);
    checkVariables(files, workflow, report);
    for (const [tool, definition] of Object.entries(workflow.tools))
      checkTool(`tools.${tool}`, definition, files.app, report, workflow);
  }
  checkEntry(files, options.startable ?? [], findings);
  for (const [name, acceptance] of Object.entries(files.acceptance))
    checkAcceptance(files, acceptance, reportIn(`workflows/${name}/acceptance.yaml`));
  return findings;
}

function checkEntry(files: AppFiles, startable: readonly string[], findings: Finding[]): void {
  const entries = Object.values(files.workflows).filter((it) => it.entry);
  const names = Object.keys(files.workflows);
  if (entries.length === 0 && names.length > 0)
    findings.push({
      path: "workflows",
      message: `No workflow is the entry: set \`entry: true\` on the one that chats start with; ${oneOf(names)}.`,
    });
  for (const extra of entries.slice(1))
    findings.push({
      path: `workflows/${extra.name}/workflow.yaml: entry`,
      message: `Only one workflow can be the entry, and "${entries[0]!.name}" already is.`,
    });
  if (entries.length === 0) return;
  const reached = reachableWorkflows(files, [...entries.map((it) => it.name), ...startable]);
  for (const name of names)
    if (!reached.has(name))
      findings.push({
        path: `workflows/${name}/workflow.yaml`,
        message: `No chat gets to "${name}": let an agent that chats reach hand over to it.`,
      });
}
