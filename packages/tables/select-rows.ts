import type { SqlValue } from "#base/sql";
import { checkValues } from "./check-values.ts";
import { foldCase } from "./fold-case.ts";
import { isFolded, matchColumn, tableName } from "./sql-names.ts";
import { columnOf, type TableSpec } from "./table-spec.ts";
import type { Cell } from "./tables.ts";

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

/** Over all owners, or of one. */
export function countRows(
  table: string,
  spec: TableSpec,
  by: Record<string, Cell>,
  owner?: string,
): Statement {
  const { query, params } = where(spec, by, owner ?? null);
  return { query: `SELECT COUNT(*) AS count FROM ${tableName(table)}${query}`, params };
}
