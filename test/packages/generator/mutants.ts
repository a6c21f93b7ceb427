import type { AppFiles } from "#protocol/app-file/app-files";
import type { TableTool } from "#protocol/app-file/tool";
import { OWNERS } from "#runtime/actors";
import type { Tables } from "#tables/tables";

export const KINDS = [
  "drop an owner rule",
  "drop a tool",
  "drop a hand-off",
  "drop a column",
  "drop an approval",
  "drop a require",
  "loosen an enum",
  "narrow an enum",
  "remove an owner filter",
  "change a written value",
] as const;
export type Kind = (typeof KINDS)[number];

/** An app with one thing wrong. `leak`: what is wrong is not in its files, but in how its tables are read. */
export type Mutant = {
  kind: Kind;
  what: string;
  files: AppFiles;
  /** Where it would show first. */
  workflows: string[];
  leak?: (tables: Tables) => Tables;
};

/** Every single thing that can be taken away from, or made wrong in, an app. Conversations are left as they are. */
export function* mutantsOf(files: AppFiles): Generator<Mutant> {
  for (const name of Object.keys(files.app.tables)) yield* tableMutants(files, name);
  for (const name of Object.keys(files.workflows)) yield* workflowMutants(files, name);
}

function changed(files: AppFiles, change: (files: AppFiles) => void): AppFiles {
  const copy = structuredClone(files);
  change(copy);
  return copy;
}

function* tableMutants(files: AppFiles, name: string): Generator<Mutant> {
  const table = files.app.tables[name]!;
  const workflows = usersOf(files, name);
  const of = (kind: Kind, what: string, change: (files: AppFiles) => void): Mutant => ({
    kind,
    what,
    files: changed(files, change),
    workflows,
  });
  if (table.owner === "user")
    yield of("drop an owner rule", name, ({ app }) => {
      app.tables[name]!.owner = "shared";
    });
  for (const [column, { type, values = [] }] of Object.entries(table.columns)) {
    const at = `${name}.${column}`;
    if (column !== table.key) yield of("drop a column", at, (it) => dropColumn(it, name, column));
    if (type !== "enum") continue;
    yield of("loosen an enum", at, ({ app }) => {
      const { values: _, ...rest } = app.tables[name]!.columns[column]!;
      app.tables[name]!.columns[column] = { ...rest, type: "text" };
    });
    for (const value of values.length > 1 ? values : [])
      yield of("narrow an enum", `${at}: ${value}`, ({ app }) => {
        app.tables[name]!.columns[column]!.values = values.filter((it) => it !== value);
      });
  }
}

function* workflowMutants(files: AppFiles, name: string): Generator<Mutant> {
  const workflow = files.workflows[name]!;
  const of = (kind: Kind, what: string, change: (files: AppFiles) => void): Mutant => ({
    kind,
    what: `${name}: ${what}`,
    files: changed(files, change),
    workflows: [name],
  });
  for (const [agent, { tools, handoffs }] of Object.entries(workflow.agents)) {
    for (const tool of tools)
      yield of("drop a tool", tool, (it) => {
        const of = it.workflows[name]!;
        of.agents[agent]!.tools = tools.filter((other) => other !== tool);
        if (!Object.values(of.agents).some((other) => other.tools.includes(tool))) delete of.tools[tool];
      });
    for (const to of handoffs)
      yield of("drop a hand-off", `to ${to}`, (it) => {
        it.workflows[name]!.agents[agent]!.handoffs = handoffs.filter((other) => other !== to);
      });
  }
  for (const [tool, definition] of Object.entries(workflow.tools))
    if (definition.kind === "table") yield* toolMutants(files, name, tool, definition, of);
}

function* toolMutants(
  files: AppFiles,
  workflow: string,
  name: string,
  tool: TableTool,
  of: (kind: Kind, what: string, change: (files: AppFiles) => void) => Mutant,
): Generator<Mutant> {
  const within = (it: AppFiles) => it.workflows[workflow]!.tools[name] as TableTool;
  if (tool.approval)
    yield of("drop an approval", name, (it) => {
      delete within(it).approval;
    });
  for (const [index, { when }] of tool.require.entries())
    yield of("drop a require", `${name}: ${when}`, (it) => {
      within(it).require.splice(index, 1);
    });
  const columns = files.app.tables[tool.table]?.columns ?? {};
  for (const [column, expression] of Object.entries(tool.values)) {
    const others = (columns[column]?.values ?? []).filter((it) => `"${it}"` !== expression);
    const wrong = others.map((it) => `"${it}"`);
    if (wrong.length === 0) wrong.push(wrongFor(columns[column]?.type ?? "text"));
    for (const value of wrong)
      yield of("change a written value", `${name}.${column} = ${value}`, (it) => {
        within(it).values[column] = value;
      });
  }
  if (files.app.tables[tool.table]?.owner === "user" && tool.action !== "insert")
    yield {
      ...of("remove an owner filter", name, () => undefined),
      leak: (tables) => leaky(tables, tool.table, tool.action as "get" | "find" | "update"),
    };
}

function wrongFor(type: string): string {
  if (type === "integer") return "999";
  if (type === "money" || type === "number") return "999.5";
  return type === "boolean" ? "false" : type === "date" ? '"2001-01-01"' : '"something else"';
}

/** Takes a column out everywhere, so that the rest still fits together. */
function dropColumn(files: AppFiles, table: string, column: string): void {
  const spec = files.app.tables[table]!;
  delete spec.columns[column];
  for (const row of spec.sample) delete row.values[column];
  for (const workflow of Object.values(files.workflows))
    for (const tool of Object.values(workflow.tools)) {
      if (tool.kind !== "table" || tool.table !== table) continue;
      tool.by = tool.by.filter((it) => it !== column);
      tool.set = tool.set.filter((it) => it !== column);
      delete tool.values[column];
    }
}

/** Tables of which one does not look whose rows it finds. */
function leaky(tables: Tables, table: string, action: "get" | "find" | "update"): Tables {
  const all = (who: string) => [...new Set([who, ...Object.values(OWNERS)])];
  return {
    ...tables,
    async get(who, name, by) {
      if (name !== table || action !== "get") return tables.get(who, name, by);
      for (const owner of all(who)) {
        const row = await tables.get(owner, name, by);
        if (row) return row;
      }
      return null;
    },
    async find(who, name, by, limit) {
      if (name !== table || action !== "find") return tables.find(who, name, by, limit);
      const rows = await Promise.all(all(who).map((owner) => tables.find(owner, name, by, limit)));
      return rows.flat().slice(0, limit);
    },
    // Looking a row up to change it and changing it are one thing to the tool.
    ...(action === "update" ? updateAnybody(tables, table, all) : {}),
  };
}

function updateAnybody(
  tables: Tables,
  table: string,
  all: (who: string) => string[],
): Pick<Tables, "get" | "update"> {
  return {
    async get(who, name, by) {
      if (name !== table) return tables.get(who, name, by);
      for (const owner of all(who)) {
        const row = await tables.get(owner, name, by);
        if (row) return row;
      }
      return null;
    },
    async update(who, name, by, set, key) {
      if (name !== table) return tables.update(who, name, by, set, key);
      for (const owner of all(who)) {
        const row = await tables.update(owner, name, by, set, `${key}/${owner}`);
        if (row) return row;
      }
      return null;
    },
  };
}

/** Workflows whose tools work on a table. */
function usersOf(files: AppFiles, table: string): string[] {
  return Object.values(files.workflows)
    .filter(({ tools }) =>
      Object.values(tools).some(
        (it) => it.kind === "table" && (it.table === table || it.lookup.some((l) => l.table === table)),
      ),
    )
    .map((it) => it.name);
}
