import { once } from "./once.ts";
import { pageRows, type RowPage } from "./page-rows.ts";
import { readRow } from "./read-row.ts";
import { noteRows, rowCount } from "./row-count.ts";
import type { RowQuery } from "./row-query.ts";
import { tableName } from "./sql-names.ts";
import { specOf, type TableContext } from "./table-context.ts";
import { TABLE_LIMITS } from "./table-limits.ts";
import type { TableSpec } from "./table-spec.ts";
import type { Cell, Row } from "./tables.ts";
import { checkWho, insertRow, updateRow } from "./write-row.ts";

export type TableInfo = { name: string; spec: TableSpec; rows: number };

/**
 * What an app's owner does with its tables: every row, whoever owns it. Never for an app's tools. Errors as `Tables`
 * has them, and STORAGE_FULL.
 * @param contextNow the store's context as it stands at each call
 */
export function ownerRows(contextNow: () => TableContext) {
  /** Every table that a version ever declared, by name. */
  function list(): TableInfo[] {
    const context = contextNow();
    return [...context.specs]
      .map(([name, spec]) => ({ name, spec, rows: rowCount(context, name) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  function page(table: string, query: RowQuery, at: { cursor: string | null; limit: number }): RowPage {
    return pageRows(contextNow(), table, query, at);
  }

  function row(table: string, rowId: string): Row | null {
    const context = contextNow();
    const spec = specOf(context, table);
    const [found] = context.sql.exec(`SELECT * FROM ${tableName(table)} WHERE _id = ?`, rowId);
    return found ? readRow(spec, found) : null;
  }

  function add(owner: string, table: string, values: Record<string, Cell>, key: string): Row {
    checkWho(owner);
    const context = contextNow();
    specOf(context, table);
    return once(context, { key, who: owner, action: "insert", table }, () =>
      insertRow(context, table, owner, values, false),
    );
  }

  /** Null when there is no such row. Null in `set` empties a column. */
  function change(table: string, rowId: string, set: Record<string, Cell>): Row | null {
    const context = contextNow();
    specOf(context, table);
    return context.sql.transaction(() => {
      const [found] = context.sql.exec(`SELECT * FROM ${tableName(table)} WHERE _id = ?`, rowId);
      return updateRow(context, table, found, set);
    });
  }

  /** Whether there was such a row. Answers that were remembered for a repeat go with it: they hold its values. */
  function remove(table: string, rowId: string): boolean {
    const context = contextNow();
    specOf(context, table);
    return context.sql.transaction(() => {
      const gone = context.sql.exec(`DELETE FROM ${tableName(table)} WHERE _id = ? RETURNING _id`, rowId);
      if (gone.length === 0) return false;
      context.sql.exec("DELETE FROM _effects WHERE row_id = ?", rowId);
      noteRows(context, table, -1);
      return true;
    });
  }

  /** Takes out what somebody owns, in every table, at most `limit` rows; how many there were. Repeats are forgotten too. */
  function removeOf(owner: string, limit: number): number {
    checkWho(owner);
    const context = contextNow();
    let left = limit;
    for (const table of context.specs.keys()) {
      const rows = context.sql.exec(
        `SELECT _id FROM ${tableName(table)} WHERE _owner = ? LIMIT ?`,
        owner,
        left,
      );
      for (const { _id } of rows) remove(table, String(_id));
      left -= rows.length;
    }
    context.sql.exec("DELETE FROM _effects WHERE who = ?", owner);
    return limit - left;
  }

  /** What somebody owns, table by table: rows beyond a sequence number. */
  function rowsOf(owner: string, table: string, after: number): { rows: Row[]; next: number | null } {
    const context = contextNow();
    const spec = specOf(context, table);
    const found = context.sql.exec(
      `SELECT * FROM ${tableName(table)} WHERE _owner = ? AND _seq > ? ORDER BY _seq LIMIT ?`,
      owner,
      after,
      TABLE_LIMITS.exportReadRows,
    );
    const whole = found.length < TABLE_LIMITS.exportReadRows;
    return { rows: found.map((it) => readRow(spec, it)), next: whole ? null : Number(found.at(-1)?._seq) };
  }

  /** Rows oldest first beyond a sequence number: how an export reads a whole table. */
  function exportPage(table: string, after: number): { rows: Row[]; next: number | null } {
    const context = contextNow();
    const spec = specOf(context, table);
    const rows: Row[] = [];
    let seq = after;
    for (let chars = 0; rows.length < TABLE_LIMITS.exportPageRows && chars < TABLE_LIMITS.pageMaxChars; ) {
      const found = context.sql.exec(
        `SELECT * FROM ${tableName(table)} WHERE _seq > ? ORDER BY _seq LIMIT ?`,
        seq,
        TABLE_LIMITS.exportReadRows,
      );
      for (const it of found) rows.push(readRow(spec, it));
      chars += JSON.stringify(rows.slice(-found.length)).length;
      seq = Number(found.at(-1)?._seq ?? seq);
      if (found.length < TABLE_LIMITS.exportReadRows) return { rows, next: null };
    }
    return { rows, next: seq };
  }

  return { list, page, row, add, change, remove, removeOf, rowsOf, exportPage };
}
