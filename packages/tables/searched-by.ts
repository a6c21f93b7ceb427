import type { AppFiles } from "#protocol/app-file/app-files";
import type { Table } from "#protocol/app-file/table";

/** A table and the lists of columns by which the app's tools look its rows up. */
export type SearchedTable = Table & { searched?: string[][] };

/**
 * The tables of an app, each with what its tools look rows up by, so that every look-up has an index: `get`, `update`,
 * `count` and `lookup` by all their columns at once, `find` by any one of them. The key has an index of its own.
 */
export function searchedTables(files: AppFiles): Record<string, SearchedTable> {
  const searched = new Map<string, Map<string, string[]>>();
  const note = (table: string, columns: string[]) => {
    const key = files.app.tables[table]?.key;
    if (columns.length === 0 || (key !== undefined && columns.includes(key))) return;
    const lists = searched.get(table) ?? new Map<string, string[]>();
    searched.set(table, lists.set(columns.join(" "), columns));
  };
  for (const { tools } of Object.values(files.workflows)) {
    for (const tool of Object.values(tools)) {
      if (tool.kind !== "table") continue;
      if (tool.action === "find") for (const column of tool.by) note(tool.table, [column]);
      if (tool.action === "get" || tool.action === "update") note(tool.table, [...tool.by].sort());
      for (const { same } of tool.count ?? []) note(tool.table, [...same].sort());
      for (const lookup of tool.lookup) note(lookup.table, Object.keys(lookup.by).sort());
    }
  }
  return Object.fromEntries(
    Object.entries(files.app.tables).map(([name, table]) => [
      name,
      { ...table, searched: [...(searched.get(name)?.values() ?? [])] },
    ]),
  );
}
