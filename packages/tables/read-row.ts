import { isoTime } from "#base/clock";
import { readCell } from "./check-cell.ts";
import { valueColumn } from "./sql-names.ts";
import type { TableSpec } from "./table-spec.ts";
import type { Cell, Row } from "./tables.ts";

/** A row of SQLite as the port gives it: every column is there, an empty one as null. */
export function readRow(spec: TableSpec, stored: Record<string, unknown>): Row {
  const values: Record<string, Cell> = {};
  for (const [name, column] of Object.entries(spec.columns)) {
    values[name] = readCell(column, stored[valueColumn(name)]);
  }
  return {
    id: String(stored._id),
    owner: String(stored._owner),
    sample: stored._sample === 1,
    created_at: isoTime(Number(stored._created_at)),
    values,
  };
}
