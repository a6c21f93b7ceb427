import type { AppFiles } from "#protocol/app-file/app-files";
import type { Column } from "#protocol/app-file/table";
import { findActions, findColumns, findTables } from "./find-parts.ts";
import type { ColumnRef, Unclear } from "./rule.ts";
import { unquoted } from "./split-request.ts";

/** "a, b and 'c'" as its items. */
export function listOf(text: string): string[] {
  return text
    .split(/,\s*(?:and |or )?|\s+(?:and|or)\s+/i)
    .map((it) => unquoted(it).slice(0, 80))
    .filter(Boolean);
}

/** The table of that name, or the one that an action of that name fills. */
export function tableFor(files: AppFiles, phrase: string): string | null {
  const named = findTables(files, phrase);
  if (named.length === 1) return named[0]!;
  const filled = new Set(
    findActions(files, phrase).flatMap(({ tool }) => (tool.kind === "table" ? [tool.table] : [])),
  );
  return filled.size === 1 ? [...filled][0]! : null;
}

export function whichTable(files: AppFiles, phrase: string): Unclear {
  return {
    question: `Which table is “${phrase.slice(0, 80)}”?`,
    options: Object.values(files.app.tables).map((it) => it.title),
  };
}

export function columnFor(
  files: AppFiles,
  phrase: string,
  where: string,
  last: ColumnRef | null,
  fits: (column: Column) => boolean = () => true,
): ColumnRef | Unclear {
  if (/^(?:it|that|this)$/i.test(phrase) && last) return last;
  const tables = where ? findTables(files, where) : undefined;
  const found = findColumns(files, unquoted(phrase), tables).filter((it) =>
    fits(files.app.tables[it.table]!.columns[it.column]!),
  );
  if (found.length === 1) return found[0]!;
  const shown =
    found.length > 0
      ? found
      : Object.entries(files.app.tables).flatMap(([table, { columns }]) =>
          Object.keys(columns)
            .filter((it) => fits(columns[it]!))
            .map((column) => ({ table, column })),
        );
  return {
    question: `Which column is “${phrase.slice(0, 80)}”?`,
    options: shown.slice(0, 12).map(({ table, column }) => {
      const spec = files.app.tables[table]!;
      return `${(spec.columns[column]?.title ?? column).toLowerCase()} of ${spec.title.toLowerCase()}`;
    }),
  };
}

export function withColumn(files: AppFiles, { table, column }: ColumnRef, value: Column): AppFiles {
  const spec = files.app.tables[table]!;
  const columns = { ...spec.columns, [column]: value };
  return { ...files, app: { ...files.app, tables: { ...files.app.tables, [table]: { ...spec, columns } } } };
}

export type TableTool = Extract<AppFiles["workflows"][string]["tools"][string], { kind: "table" }>;

/** Every tool that works on one table, changed. */
export function withTools(files: AppFiles, table: string, change: (tool: TableTool) => TableTool): AppFiles {
  const workflows = Object.entries(files.workflows).map(([name, workflow]) => {
    const tools = Object.entries(workflow.tools).map(([key, tool]) => [
      key,
      tool.kind === "table" && tool.table === table ? change(tool) : tool,
    ]);
    return [name, { ...workflow, tools: Object.fromEntries(tools) }];
  });
  return { ...files, workflows: Object.fromEntries(workflows) };
}
