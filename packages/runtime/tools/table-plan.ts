import { appError } from "#base/app-error";
import type { AppFile } from "#protocol/app-file/app";
import type { TableTool } from "#protocol/app-file/tool";
import type { Cell, Row, Tables } from "#tables/tables";
import { cel } from "../cel.ts";
import { pick } from "../pick.ts";
import { show } from "../show.ts";

export type TablePlan =
  | { ok: true; by: Record<string, Cell>; set: Record<string, Cell>; variables: Record<string, unknown> }
  | { ok: false; error: string };

/**
 * Works out what a table tool would do with these (checked) arguments, without doing it: finds the rows it
 * looks up as the person, tests `require`, computes `values`. So a card can show what will really happen.
 */
export async function planTable(
  tool: TableTool,
  args: Record<string, Cell>,
  on: {
    app: AppFile;
    tables: Tables;
    user: { id: string; name: string };
    now: number;
    vars?: Record<string, unknown>;
  },
): Promise<TablePlan> {
  const variables: Record<string, unknown> = {
    args: celRow(args, tool.table, on.app),
    user: on.user,
    now: new Date(on.now),
    vars: on.vars ?? {},
  };
  for (const lookup of tool.lookup) {
    const by = Object.fromEntries(
      Object.entries(lookup.by).map(([column, name]) => [column, args[name] ?? null]),
    );
    const row = await on.tables.get(on.user.id, lookup.table, by);
    if (!row) return { ok: false, error: missing(lookup.table, by, on.app) };
    variables[lookup.as] = celRow(row.values, lookup.table, on.app);
  }
  for (const { as, of, same, sum, unless } of tool.count ?? []) {
    const where = Object.fromEntries(same.map((column) => [column, args[column] ?? null]));
    const whose = of === "person" ? on.user.id : undefined;
    const all = await on.tables.count(tool.table, where, whose, sum);
    const not = unless
      ? await on.tables.count(tool.table, { ...where, [unless.column]: unless.value }, whose, sum)
      : 0;
    variables[as] = BigInt(all - not);
  }
  const by = pick(args, tool.by);
  if (tool.action === "update") {
    const row = await on.tables.get(on.user.id, tool.table, by);
    if (!row) return { ok: false, error: missing(tool.table, by, on.app) };
    variables.row = celRow(row.values, tool.table, on.app);
  }
  for (const rule of tool.require)
    if (cel(rule.when, variables) !== true) return { ok: false, error: rule.message };
  const set: Record<string, Cell> = pick(args, tool.set);
  for (const [column, expression] of Object.entries(tool.values)) {
    const value = cel(expression, variables);
    if (!isCell(value)) throw appError("INVALID_WORKFLOW", { column, expression });
    set[column] = value;
  }
  return { ok: true, by, set, variables };
}

/** "There is no order with order number A-1002." */
export function missing(table: string, by: Record<string, Cell>, app: AppFile): string {
  const spec = app.tables[table];
  const what = Object.entries(by)
    .map(
      ([name, value]) =>
        `${(spec?.columns[name]?.title ?? name).replaceAll("_", " ").toLowerCase()} ${show(value)}`,
    )
    .join(" and ");
  return `Nothing was found in ${(spec?.title ?? table).toLowerCase()}${what ? ` with ${what}` : ""}.`;
}

/** A row as CEL sees it: integers as bigint, every column present (absent ones null). */
export function celRow(values: Record<string, Cell>, table: string, app: AppFile): Record<string, unknown> {
  const row: Record<string, unknown> = { ...values };
  for (const [name, column] of Object.entries(app.tables[table]?.columns ?? {})) {
    const value = row[name];
    row[name] = column.type === "integer" && typeof value === "number" ? BigInt(value) : (value ?? null);
  }
  return row;
}

function isCell(value: unknown): value is Cell {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

/**
 * What a row shows to a model: the columns of this version that hold something, without our own bookkeeping.
 * (A column that a newer version left out is still in the table.)
 */
export function factsOf(row: Row, table: string, app: AppFile): Record<string, Cell> {
  const known = Object.keys(app.tables[table]?.columns ?? {});
  return pick(
    row.values,
    known.filter((name) => (row.values[name] ?? null) !== null),
  );
}
