import type { AppFile } from "#protocol/app-file/app";
import type { Column } from "#protocol/app-file/table";
import type { TableTool } from "#protocol/app-file/tool";
import { columnSchema, type JsonSchema } from "../column-schema.ts";

/**
 * The arguments of a table tool as JSON Schema, derived from its columns. `get` and `update` require every
 * column of `by`; `insert` those of `set` that are required and get no value otherwise; `find` none.
 */
export function tableSchema(tool: TableTool, app: AppFile): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  const required = new Set<string>();
  const own = app.tables[tool.table]?.columns ?? {};
  const take = (name: string, column: Column | undefined, must: boolean) => {
    if (!column) return;
    properties[name] ??= columnSchema(name, column);
    if (must) required.add(name);
  };
  for (const name of tool.by) take(name, own[name], tool.action !== "find");
  for (const name of tool.set) {
    const column = own[name];
    const must = tool.action === "insert" && column?.required && column.default === undefined;
    take(name, column, Boolean(must));
  }
  for (const lookup of tool.lookup)
    for (const [name, argument] of Object.entries(lookup.by))
      take(argument, own[argument] ?? app.tables[lookup.table]?.columns[name], true);
  return { type: "object", properties, required: [...required], additionalProperties: false };
}
