import type { SqlValue } from "#base/sql";
import { checkValues } from "./check-values.ts";
import { foldCase } from "./fold-case.ts";
import { isFolded, matchColumn, tableName, valueColumn } from "./sql-names.ts";
import { badRequest } from "./table-context.ts";
import { columnOf, type TableSpec } from "./table-spec.ts";
import type { Cell } from "./tables.ts";

/** Other numbers would need their decimals put right. */
const SUMMED = new Set(["integer"]);

export type Statement = { query: string; params: SqlValue[] };

/** @param owner whose rows; null: everyone's */
function where(spec: TableSpec, by: Record<string, Cell>, owner: string | null): Statement {
  const conditions: string[] = [];
  const params: SqlValue[] = [];
  if (owner !== null) {
    conditions.push("_owner = ?");
    params.push(owner);
  }
  for (const [name, value] of checkValues(spec, by, "match")) {
    const column = columnOf(spec, name);
    if (!column) continue;
    if (value === null) conditions.push(`${matchColumn(name, column)} IS NULL`);
    else {
      conditions.push(`${matchColumn(name, column)} = ?`);
      params.push(isFolded(column) ? foldCase(String(value)) : value);
    }
  }
  return { query: conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : "", params };
}

/**
 * As `who` sees them: their own where the table is owned by users, everyone's where it is shared or `who` is null. Newest first.
 * @throws BAD_REQUEST when `by` names no column or holds what can't be in it.
 */
export function selectRows(
  table: string,
  spec: TableSpec,
  by: Record<string, Cell>,
  who: string | null,
  limit: number,
): Statement {
  const { query, params } = where(spec, by, spec.owner === "shared" ? null : who);
  return {
    query: `SELECT * FROM ${tableName(table)}${query} ORDER BY _seq DESC LIMIT ?`,
    params: [...params, limit],
  };
}

/** Over all owners, unless it is said whose. @throws BAD_REQUEST when `sum` is no column with numbers. */
export function countRows(
  table: string,
  spec: TableSpec,
  by: Record<string, Cell>,
  who?: string,
  sum?: string,
): Statement {
  const { query, params } = where(spec, by, who ?? null);
  if (sum !== undefined && !SUMMED.has(columnOf(spec, sum)?.type ?? ""))
    throw badRequest([{ path: sum, message: "must be a column with whole numbers" }]);
  const what = sum === undefined ? "COUNT(*)" : `COALESCE(SUM(${valueColumn(sum)}), 0)`;
  return { query: `SELECT ${what} AS count FROM ${tableName(table)}${query}`, params };
}
