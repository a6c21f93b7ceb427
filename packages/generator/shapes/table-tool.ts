import type { TableTool } from "#protocol/app-file/tool";

/** A tool over a table from what matters; the rest is empty. */
export function tableTool(
  table: string,
  action: TableTool["action"],
  title: string,
  more: Partial<TableTool> & { description: string },
): TableTool {
  return {
    kind: "table",
    title: title.slice(0, 80),
    table,
    action,
    by: [],
    set: [],
    lookup: [],
    values: {},
    require: [],
    ...more,
  };
}
