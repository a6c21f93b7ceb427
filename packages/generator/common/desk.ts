import type { Table } from "#protocol/app-file/table";
import type { TableTool, Tool } from "#protocol/app-file/tool";
import type { WorkflowFile } from "#protocol/app-file/workflow";

/** A workflow as its conversations see it: the agent they begin with, what it can do, the app's tables. */
export type Desk = {
  workflow: WorkflowFile;
  tables: Record<string, Table>;
  tools: [name: string, tool: TableTool, table: Table][];
  /** Tools that change something. */
  writes: string[];
};

export function deskOf(workflow: WorkflowFile, tables: Record<string, Table>): Desk {
  const names = workflow.agents[workflow.entry_agent]?.tools ?? [];
  const tools = names.flatMap((name): Desk["tools"] => {
    const tool = workflow.tools[name];
    const table = tool?.kind === "table" ? tables[tool.table] : undefined;
    return tool?.kind === "table" && table ? [[name, tool, table]] : [];
  });
  const writes = tools.filter(([, { action }]) => action === "insert" || action === "update");
  return { workflow, tables, tools, writes: writes.map(([name]) => name) };
}

/** What a tool does, as one asks for it: `cancel appointment`. */
export function deedOf(name: string, tool: Tool): string {
  return (tool.title ?? name.replaceAll("_", " ")).toLowerCase();
}

/** Whether a row is found by the number people call it by. */
export function findsByKey({ by }: TableTool, table: Table): boolean {
  return by.length === 1 && by[0] === table.key;
}
