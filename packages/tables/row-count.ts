import { appError } from "#base/app-error";
import { tableName } from "./sql-names.ts";
import type { TableContext } from "./table-context.ts";
import { TABLE_LIMITS } from "./table-limits.ts";

/** How many rows a table has, kept with each write: counted once for a table that is older than the count. */
export function rowCount(context: TableContext, table: string): number {
  const [known] = context.sql.exec("SELECT rows FROM _counts WHERE table_name = ?", table);
  if (known) return Number(known.rows);
  const [counted] = context.sql.exec(`SELECT COUNT(*) AS rows FROM ${tableName(table)}`);
  return Number(counted?.rows ?? 0);
}

/** Call after rows were written or deleted, in the same transaction. */
export function noteRows(context: TableContext, table: string, change: number): void {
  const { sql } = context;
  const [kept] = sql.exec(
    "UPDATE _counts SET rows = rows + ? WHERE table_name = ? RETURNING rows",
    change,
    table,
  );
  if (kept) return;
  sql.exec("INSERT INTO _counts (table_name, rows) VALUES (?, ?)", table, rowCount(context, table));
}

/** @throws STORAGE_FULL when a table can't have so many rows more. */
export function checkRoom(context: TableContext, table: string, more = 1): void {
  const { rowsPerTable } = TABLE_LIMITS;
  if (rowCount(context, table) + more > rowsPerTable)
    throw appError(
      "STORAGE_FULL",
      { table, max_rows: rowsPerTable },
      `The table '${table}' is full: it can have ${rowsPerTable} rows.`,
    );
}
