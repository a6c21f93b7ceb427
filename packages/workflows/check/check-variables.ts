import type { AppFiles } from "#protocol/app-file/app-files";
import type { Variable } from "#protocol/app-file/variable";
import type { WorkflowFile } from "#protocol/app-file/workflow";
import { oneOf, own, type Report } from "./finding.ts";

/** Variables have a default that fits and writers that are there and do write them. */
export function checkVariables(files: AppFiles, workflow: WorkflowFile, report: Report): void {
  const agents = Object.keys(workflow.agents);
  const tools = Object.keys(workflow.tools);
  for (const [name, variable] of Object.entries(workflow.variables ?? {})) {
    const at = `variables.${name}`;
    if (variable.default !== undefined && !fits(variable, variable.default))
      report(`${at}.default`, `The default is not of type ${variable.type}.`);
    for (const [index, writer] of variable.writers.entries()) {
      const here = `${at}.writers.${index}`;
      const isTool = tools.includes(writer);
      if (isTool && agents.includes(writer))
        report(here, `There is an agent and a tool called "${writer}": name one of them differently.`);
      else if (!isTool && !agents.includes(writer))
        report(here, `There is no agent or tool "${writer}"; ${oneOf([...agents, ...tools])}.`);
      else if (isTool && !own(own(workflow.tools, writer)?.saves ?? {}, name))
        report(here, `The tool "${writer}" does not say in \`saves\` what it writes here.`);
    }
    if (
      variable.writers.length === 0 &&
      !variable.from_client &&
      !variable.shared &&
      variable.default === undefined
    )
      report(at, "Nobody writes it: it needs writers, `from_client` or a default.");
    if (variable.shared) checkShared(at, name, variable, files, workflow, report);
  }
  for (const [tool, { saves = {} }] of Object.entries(workflow.tools))
    for (const name of Object.keys(saves)) {
      const variable = own(workflow.variables ?? {}, name);
      if (!variable?.writers.includes(tool))
        report(
          `tools.${tool}.saves.${name}`,
          variable ? `"${tool}" is not among the writers of "${name}".` : `There is no variable "${name}".`,
        );
    }
}

/** Shared by several workflows, it is the same thing in each. */
function checkShared(
  at: string,
  name: string,
  variable: Variable,
  files: AppFiles,
  workflow: WorkflowFile,
  report: Report,
): void {
  for (const other of Object.values(files.workflows)) {
    const same = own(other.variables ?? {}, name);
    if (other === workflow || !same?.shared) continue;
    if (same.type !== variable.type || String(same.values) !== String(variable.values))
      report(at, `The workflow "${other.name}" shares "${name}" too, but as another type.`);
  }
}

function fits({ type, values }: Variable, value: string | number | boolean): boolean {
  switch (type) {
    case "text":
      return typeof value === "string";
    case "enum":
      return typeof value === "string" && (values ?? []).includes(value);
    case "integer":
      return Number.isSafeInteger(value);
    case "number":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "json":
      return true;
  }
}
