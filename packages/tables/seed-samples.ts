import { AppError } from "#base/app-error";
import type { Table } from "#protocol/app-file/table";
import { noteRows } from "./row-count.ts";
import { tableName } from "./sql-names.ts";
import { badRequest, type TableContext } from "./table-context.ts";
import { insertRow } from "./write-row.ts";

/** Owner of sample rows that show an invented person's data. No user has this id. */
export const SAMPLE_PERSON = "sample-person";

/**
 * Writes the sample rows of each table once in the app's life, so rows their owner deleted stay deleted. A sample
 * row whose key a real row has by now is left out. Inside a transaction, after `prepareTables`.
 * @throws BAD_REQUEST when a sample row does not fit its table; paths start `{table}.sample.{index}`.
 */
export function seedSamples(
  context: TableContext,
  creatorUserId: string,
  tables: Record<string, Table>,
): void {
  for (const [name, table] of Object.entries(tables)) {
    if (table.sample.length === 0) continue;
    if (context.sql.exec("SELECT 1 FROM _seeded WHERE table_name = ?", name).length > 0) continue;
    for (const [at, row] of table.sample.entries()) {
      const owner = row.owner === "creator" ? creatorUserId : SAMPLE_PERSON;
      try {
        insertRow(context, name, owner, row.values, true);
      } catch (error) {
        if (error instanceof AppError && error.code === "CONFLICT") continue;
        throw withPath(error, `${name}.sample.${at}`);
      }
    }
    context.sql.exec("INSERT INTO _seeded (table_name, at) VALUES (?, ?)", name, context.clock.now());
  }
}

/** Deletes sample rows, and remembered answers that hold them. Returns how many rows. Inside a transaction. */
export function removeSamples(context: TableContext): number {
  const { sql, specs } = context;
  let removed = 0;
  for (const name of specs.keys()) {
    const rows = sql.exec(`DELETE FROM ${tableName(name)} WHERE _sample = 1 RETURNING _id`);
    noteRows(context, name, -rows.length);
    for (const row of rows) sql.exec("DELETE FROM _effects WHERE row_id = ?", String(row._id));
    removed += rows.length;
  }
  return removed;
}

function withPath(error: unknown, path: string): unknown {
  if (!(error instanceof AppError) || !Array.isArray(error.details?.issues)) return error;
  const issues = error.details.issues as { path: string; message: string }[];
  return badRequest(issues.map((it) => ({ path: `${path}.${it.path}`, message: it.message })));
}
