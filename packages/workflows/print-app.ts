import { stringify } from "yaml";
import type { AcceptanceFile } from "#protocol/app-file/acceptance";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { Tool } from "#protocol/app-file/tool";
import type { WorkflowFile } from "#protocol/app-file/workflow";

/** An app as its files: `app.yaml`, `workflows/<name>/workflow.yaml`, `workflows/<name>/acceptance.yaml`, `knowledge/<name>`. */
export function printApp(files: AppFiles): Record<string, string> {
  const texts: Record<string, string> = {
    "app.yaml": print(withoutEmpty(files.app, ["allow_hosts", "mcp"])),
  };
  for (const [name, workflow] of Object.entries(files.workflows)) {
    texts[`workflows/${name}/workflow.yaml`] = print(terseWorkflow(workflow));
    const acceptance = files.acceptance[name];
    if (acceptance) texts[`workflows/${name}/acceptance.yaml`] = print(terseAcceptance(acceptance));
  }
  for (const [name, text] of Object.entries(files.knowledge ?? {})) texts[`knowledge/${name}`] = text;
  return texts;
}

/** No aliases, so that each file reads from top to bottom and parses with aliases refused. */
function print(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false, blockQuote: "literal", lineWidth: 0 });
}

function terseWorkflow(workflow: WorkflowFile) {
  const tools = Object.entries(workflow.tools).map(([name, tool]) => [name, terseTool(tool)]);
  return { ...workflow, tools: Object.fromEntries(tools) };
}

function terseTool(tool: Tool) {
  const lists = {
    table: ["by", "set", "lookup", "values", "require"],
    ui: ["fields", "options"],
    knowledge: ["files"],
    http: ["query", "headers", "auth", "parameters", "required"],
    mcp: ["parameters", "required"],
    operator: [],
  };
  return withoutEmpty(tool, lists[tool.kind]);
}

function terseAcceptance(acceptance: AcceptanceFile) {
  const lists = ["tools", "not_tools", "includes", "excludes", "rows"];
  return {
    cases: acceptance.cases.map((it) => ({
      ...it,
      steps: it.steps.map((step) => ({ ...step, expect: withoutEmpty(step.expect, lists) })),
    })),
  };
}

/** Leaves out what the schema fills in by itself. */
function withoutEmpty(value: object, keys: readonly string[]): object {
  return Object.fromEntries(
    Object.entries(value).filter(([key, it]) => !(keys.includes(key) && Object.keys(it ?? {}).length === 0)),
  );
}
