import { appError } from "#base/app-error";
import type { Column } from "#protocol/app-file/table";
import { assignments, checkValues } from "./check-values.ts";
import { mergeSpec, specIssues } from "./merge-spec.ts";
import { prepareIndexes } from "./prepare-indexes.ts";
import type { SearchedTable } from "./searched-by.ts";
import {
  foldedColumn,
  isFolded,
  keyIndex,
  matchColumn,
  ownerIndex,
  tableName,
  valueColumn,
} from "./sql-names.ts";
import { badRequest, type TableContext } from "./table-context.ts";
import { columnOf, type TableSpec } from "./table-spec.ts";

/**
 * Makes SQLite hold the declared tables, adding only: no table, column or row is ever dropped. Inside a
 * transaction. Returns what to remember of each declared table.
 * @throws BAD_REQUEST (`details.issues`) or CONFLICT; then nothing has changed.
 */
export function prepareTables(
  context: TableContext,
  tables: Record<string, SearchedTable>,
): Map<string, TableSpec> {
  const merged = new Map(
    Object.entries(tables).map(([name, table]) => [name, mergeSpec(name, context.specs.get(name), table)]),
  );
  const issues = [...merged].flatMap(([name, spec]) => specIssues(name, spec));
  if (issues.length > 0) throw badRequest(issues);
  for (const [name, spec] of merged) {
    const before = context.specs.get(name);
    if (!before) createTable(context, name, spec);
    else addColumns(context, name, before, spec);
    if (before?.key !== spec.key) indexKey(context, name, spec);
    prepareIndexes(context.sql, name, spec);
    context.sql.exec(
      "INSERT INTO _tables (name, spec) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET spec = excluded.spec",
      name,
      JSON.stringify(spec),
    );
  }
  return merged;
}

function createTable({ sql }: TableContext, name: string, spec: TableSpec): void {
  const columns = Object.entries(spec.columns).flatMap(([column, it]) => sqlColumns(column, it));
  sql.exec(
    `CREATE TABLE ${tableName(name)} (_seq INTEGER PRIMARY KEY AUTOINCREMENT, _id TEXT NOT NULL UNIQUE,
     _owner TEXT NOT NULL, _sample INTEGER NOT NULL, _created_at INTEGER NOT NULL, _updated_at INTEGER NOT NULL,
     ${columns.join(", ")}) STRICT`,
  );
  sql.exec(`CREATE INDEX ${ownerIndex(name)} ON ${tableName(name)} (_owner)`);
}

/** Rows that are there get a new column's default. */
function addColumns({ sql }: TableContext, name: string, before: TableSpec, spec: TableSpec): void {
  for (const [column, it] of Object.entries(spec.columns)) {
    if (columnOf(before, column)) continue;
    for (const definition of sqlColumns(column, it))
      sql.exec(`ALTER TABLE ${tableName(name)} ADD COLUMN ${definition}`);
    if (it.default === undefined) continue;
    for (const [target, value] of assignments(spec, checkValues(spec, { [column]: it.default }, "write")))
      sql.exec(`UPDATE ${tableName(name)} SET ${target} = ?`, value);
  }
}

function indexKey({ sql }: TableContext, name: string, spec: TableSpec): void {
  const key = columnOf(spec, spec.key);
  if (!key) return;
  const column = matchColumn(spec.key, key);
  const [twice] = sql.exec(
    `SELECT 1 FROM ${tableName(name)} WHERE ${column} IS NOT NULL GROUP BY ${column} HAVING COUNT(*) > 1 LIMIT 1`,
  );
  if (twice)
    throw appError(
      "CONFLICT",
      { table: name, column: spec.key },
      `Several rows of '${name}' have the same ${spec.key}, so it can't be the key.`,
    );
  sql.exec(`DROP INDEX IF EXISTS ${keyIndex(name)}`);
  sql.exec(`CREATE UNIQUE INDEX ${keyIndex(name)} ON ${tableName(name)} (${column})`);
}

function sqlColumns(name: string, column: Column): string[] {
  const value = `${valueColumn(name)} ${sqlType(column)}`;
  return isFolded(column) ? [value, `${foldedColumn(name)} TEXT`] : [value];
}

function sqlType(column: Column): "TEXT" | "INTEGER" | "REAL" {
  if (column.type === "number") return "REAL";
  const isInteger = column.type === "integer" || column.type === "money" || column.type === "boolean";
  return isInteger ? "INTEGER" : "TEXT";
}
