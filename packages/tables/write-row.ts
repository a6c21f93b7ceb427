import { appError } from "#base/app-error";
import type { SqlValue } from "#base/sql";
import { type Assignments, assignments, checkRequired, checkValues } from "./check-values.ts";
import { foldCase } from "./fold-case.ts";
import { nextKey, noteKey } from "./next-key.ts";
import { readRow } from "./read-row.ts";
import { checkRoom, noteRows } from "./row-count.ts";
import { isFolded, matchColumn, tableName } from "./sql-names.ts";
import { badRequest, specOf, type TableContext } from "./table-context.ts";
import { columnOf, type TableSpec } from "./table-spec.ts";
import type { Cell, Row } from "./tables.ts";

/** Inside a transaction. @throws BAD_REQUEST or CONFLICT, as the port says. */
export function insertRow(
  context: TableContext,
  table: string,
  owner: string,
  values: Record<string, Cell>,
  sample: boolean,
): Row {
  checkRoom(context, table);
  const row = insertUncounted(context, table, owner, values, sample);
  noteRows(context, table, 1);
  return row;
}

/** The same for one of many: whoever calls it checks that there is room, and notes how many there were. */
export function insertUncounted(
  context: TableContext,
  table: string,
  owner: string,
  values: Record<string, Cell>,
  sample: boolean,
): Row {
  const { sql, clock, newId } = context;
  const spec = specOf(context, table);
  const stored = checkValues(spec, values, "write");
  fillDefaults(spec, stored);
  if (spec.key_prefix !== undefined && (stored.get(spec.key) ?? null) === null)
    stored.set(spec.key, nextKey(context, table, spec, spec.key_prefix));
  checkRequired(spec, stored, Object.keys(spec.columns));
  checkKeyIsFree(context, table, spec, stored, null);
  const now = clock.now();
  const cells: Assignments = [
    ["_id", newId("row")],
    ["_owner", owner],
    ["_sample", sample ? 1 : 0],
    ["_created_at", now],
    ["_updated_at", now],
    ...assignments(spec, stored),
  ];
  const [row] = sql.exec(
    `INSERT INTO ${tableName(table)} (${cells.map(([column]) => column).join(", ")})
     VALUES (${cells.map(() => "?").join(", ")}) RETURNING *`,
    ...cells.map(([, value]) => value),
  );
  noteKey(context, table, spec, stored.get(spec.key) ?? null);
  return readRow(spec, row ?? {});
}

/** Inside a transaction; `found` is a row of SQLite, if there is one. Null in `set` empties a column. */
export function updateRow(
  context: TableContext,
  table: string,
  found: Record<string, unknown> | undefined,
  set: Record<string, Cell>,
): Row | null {
  const { sql, clock } = context;
  const spec = specOf(context, table);
  const stored = checkValues(spec, set, "write");
  checkRequired(spec, stored, stored.keys());
  if (!found) return null;
  checkKeyIsFree(context, table, spec, stored, Number(found._seq));
  const cells: Assignments = [["_updated_at", clock.now()], ...assignments(spec, stored)];
  const [row] = sql.exec(
    `UPDATE ${tableName(table)} SET ${cells.map(([column]) => `${column} = ?`).join(", ")}
     WHERE _seq = ? RETURNING *`,
    ...cells.map(([, value]) => value),
    Number(found._seq),
  );
  noteKey(context, table, spec, stored.get(spec.key) ?? null);
  return readRow(spec, row ?? {});
}

/** Null means nothing was given: models send it for arguments they leave out. */
function fillDefaults(spec: TableSpec, stored: Map<string, SqlValue>): void {
  const defaults: Record<string, Cell> = {};
  for (const [name, column] of Object.entries(spec.columns)) {
    if (column.default !== undefined && (stored.get(name) ?? null) === null) defaults[name] = column.default;
  }
  for (const [name, value] of checkValues(spec, defaults, "write")) stored.set(name, value);
}

function checkKeyIsFree(
  context: TableContext,
  table: string,
  spec: TableSpec,
  stored: Map<string, SqlValue>,
  exceptSeq: number | null,
): void {
  const column = columnOf(spec, spec.key);
  const value = stored.get(spec.key) ?? null;
  if (!column || value === null) return;
  const [taken] = context.sql.exec(
    `SELECT _seq FROM ${tableName(table)} WHERE ${matchColumn(spec.key, column)} = ?`,
    isFolded(column) ? foldCase(String(value)) : value,
  );
  if (taken && taken._seq !== exceptSeq)
    throw appError("CONFLICT", { table, column: spec.key }, `There is already a row with this ${spec.key}.`);
}

/** @throws BAD_REQUEST when nobody is named: an empty name must never come to own rows. */
export function checkWho(who: string): void {
  if (typeof who !== "string" || who === "")
    throw badRequest([{ path: "who", message: "must name a person" }]);
}
