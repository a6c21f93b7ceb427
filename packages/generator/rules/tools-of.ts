import type { TableTool } from "#protocol/app-file/tool";
import type { Built, Site } from "../catalogue/capability.ts";

/** The tool that makes a record of the workflow's table. */
export function makerOf(built: Built, site: Site): TableTool | null {
  return onTable(built, site).find(({ tool }) => tool.action === "insert")?.tool ?? null;
}

/** The tool by which a person ends a record: it sets the status to one word. */
export function endOf(built: Built, site: Site): { name: string; tool: TableTool; status: string } | null {
  for (const { name, tool } of onTable(built, site)) {
    const status = /^"([^"]+)"$/.exec(tool.values.status ?? "")?.[1];
    if (tool.action === "update" && tool.set.length === 0 && status) return { name, tool, status };
  }
  return null;
}

/** The tools by which a person changes columns of a record. */
export function changersOf(built: Built, site: Site): { name: string; tool: TableTool }[] {
  return onTable(built, site).filter(({ tool }) => tool.action === "update" && tool.set.length > 0);
}

export function onTable(built: Built, site: Site): { name: string; tool: TableTool }[] {
  return Object.entries(built.tools).flatMap(([name, tool]) =>
    tool.kind === "table" && tool.table === site.tableName ? [{ name, tool }] : [],
  );
}

export function makerNamed(built: Built, site: Site): { name: string; tool: TableTool } | null {
  return onTable(built, site).find(({ tool }) => tool.action === "insert") ?? null;
}
