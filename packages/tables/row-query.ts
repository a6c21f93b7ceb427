import type { SqlValue } from "#base/sql";
import type { Column } from "#protocol/app-file/table";
import { checkCell } from "./check-cell.ts";
import { foldCase } from "./fold-case.ts";
import { isFolded, matchColumn, valueColumn } from "./sql-names.ts";
import { badRequest } from "./table-context.ts";
import { columnOf, type TableSpec } from "./table-spec.ts";
import type { Cell } from "./tables.ts";

export const FILTER_OPERATORS = ["eq", "gt", "gte", "lt", "lte", "prefix", "contains", "empty"] as const;
/** `value` is a JSON value of the column's type; texts compare without case. `empty` ignores it. */
export type Filter = { column: string; op: (typeof FILTER_OPERATORS)[number]; value: Cell };

/** What a page is of: `sort` is a column or, with null, the order of creation. */
export type RowQuery = {
  filters: readonly Filter[];
  /** Only rows of this person. */
  owner: string | null;
  sort: { column: string; descending: boolean } | null;
};

export type Condition = { sql: string; params: SqlValue[] };

const COMPARE = { gt: ">", gte: ">=", lt: "<", lte: "<=" } as const;
/** Above every character a text can continue with. */
const LAST = "\u{10FFFF}";

/** @throws BAD_REQUEST for a column the table has not, or a value that can't be in it. */
export function conditionsOf(spec: TableSpec, query: RowQuery): Condition[] {
  const own: Condition[] = query.owner === null ? [] : [{ sql: "_owner = ?", params: [query.owner] }];
  return [...own, ...query.filters.map((filter) => conditionOf(spec, filter))];
}

/** The SQL column that a sort goes by; texts without case. */
export function sortColumn(spec: TableSpec, name: string): string {
  const column = columnOf(spec, name);
  if (!column) throw badRequest([{ path: "sort", message: "is not a column of this table" }]);
  return matchColumn(name, column);
}

function conditionOf(spec: TableSpec, { column: name, op, value }: Filter): Condition {
  const refuse = (message: string) => badRequest([{ path: `filter.${name}`, message }]);
  const column = columnOf(spec, name);
  if (!column) throw refuse("is not a column of this table");
  const sql = matchColumn(name, column);
  if (op === "empty") return { sql: `${valueColumn(name)} IS NULL`, params: [] };
  const wanted = op === "eq" ? stored(column, value, refuse) : loose(column, value, refuse);
  switch (op) {
    case "eq":
      return { sql: `${sql} = ?`, params: [wanted] };
    case "prefix":
      if (!isFolded(column)) throw refuse("is not a text");
      return { sql: `${sql} >= ? AND ${sql} < ?`, params: [wanted, `${wanted}${LAST}`] };
    case "contains":
      if (!isFolded(column)) throw refuse("is not a text");
      return { sql: `instr(${sql}, ?) > 0`, params: [wanted] };
    default:
      return { sql: `${sql} ${COMPARE[op]} ?`, params: [wanted] };
  }
}

function stored(column: Column, value: Cell, refuse: (message: string) => Error): SqlValue {
  const checked = checkCell(column, value, "match");
  if (!checked.ok) throw refuse(checked.message);
  if (checked.stored === null) throw refuse("has no value to compare with");
  return isFolded(column) ? foldCase(String(checked.stored)) : checked.stored;
}

/** Part of an enum's value is no value of it, but may be looked for. */
function loose(column: Column, value: Cell, refuse: (message: string) => Error): SqlValue {
  return stored(column.type === "enum" ? { ...column, type: "text" } : column, value, refuse);
}
