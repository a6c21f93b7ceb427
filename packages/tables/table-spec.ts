import type { Column } from "#protocol/app-file/table";
import type { SearchedTable } from "./searched-by.ts";

/**
 * A table as the store remembers it: the newest version's, plus the columns that older versions had. Those are
 * kept, never required, so rows lose nothing and chats still on an older version go on working.
 */
export type TableSpec = Omit<SearchedTable, "sample">;

export function columnOf(spec: TableSpec, name: string): Column | undefined {
  return Object.hasOwn(spec.columns, name) ? spec.columns[name] : undefined;
}
