import type { SqlRow, SqlValue } from "#base/sql";
import { readRow } from "./read-row.ts";
import { type Condition, conditionsOf, type RowQuery, sortColumn } from "./row-query.ts";
import { tableName } from "./sql-names.ts";
import { badRequest, specOf, type TableContext } from "./table-context.ts";
import { TABLE_LIMITS } from "./table-limits.ts";
import type { Row } from "./tables.ts";

/** Behind which row a page begins: its value in the sorted column, and its sequence number. */
type Place = { value: SqlValue; seq: number };
export type RowPage = { items: Row[]; next_cursor: string | null };

/**
 * A page of a table's rows over all owners, newest first or by a column (then empty ones stand where SQLite puts
 * them: first upwards, last downwards). A cursor names the place behind a row's value, not a count: rows that come
 * or go meanwhile neither repeat others nor hide them. @throws BAD_REQUEST
 */
export function pageRows(
  context: TableContext,
  table: string,
  query: RowQuery,
  page: { cursor: string | null; limit: number },
): RowPage {
  const spec = specOf(context, table);
  const conditions = conditionsOf(spec, query);
  const by = query.sort && sortColumn(spec, query.sort.column);
  const descending = query.sort?.descending ?? true;
  const after = page.cursor === null ? null : placeOf(page.cursor);
  const rows: SqlRow[] = [];
  for (const part of by === null ? wholeOf(after, descending) : partsOf(by, after, descending)) {
    const all = [...conditions, ...part.conditions];
    const where = all.length > 0 ? ` WHERE ${all.map(({ sql }) => sql).join(" AND ")}` : "";
    rows.push(
      ...context.sql.exec(
        `SELECT * FROM ${tableName(table)}${where} ORDER BY ${part.order} LIMIT ?`,
        ...all.flatMap(({ params }) => params),
        page.limit + 1 - rows.length,
      ),
    );
    if (rows.length > page.limit) break;
  }
  const items: Row[] = [];
  for (
    let chars = 0;
    items.length < Math.min(rows.length, page.limit) && chars < TABLE_LIMITS.pageMaxChars;
  ) {
    const item = readRow(spec, rows[items.length] ?? {});
    items.push(item);
    chars += JSON.stringify(item).length;
  }
  const last = rows[items.length - 1];
  const more = rows.length > items.length && last !== undefined;
  return {
    items,
    next_cursor: more
      ? cursorOf({ value: by === null ? null : (last[by] ?? null), seq: Number(last._seq) })
      : null,
  };
}

type Part = { conditions: Condition[]; order: string };

function wholeOf(after: Place | null, descending: boolean): Part[] {
  const beyond = { sql: `_seq ${descending ? "<" : ">"} ?`, params: [after?.seq ?? 0] };
  return [{ conditions: after ? [beyond] : [], order: descending ? "_seq DESC" : "_seq" }];
}

/** A sort in two parts, those with a value and those without: each is one range of an index, wherever a page begins. */
function partsOf(by: string, after: Place | null, descending: boolean): Part[] {
  const sign = descending ? "<" : ">";
  const way = descending ? " DESC" : "";
  const filled: Part = {
    conditions: [{ sql: `${by} IS NOT NULL`, params: [] }],
    order: `${by}${way}, _seq${way}`,
  };
  const empty: Part = { conditions: [{ sql: `${by} IS NULL`, params: [] }], order: `_seq${way}` };
  const inOrder = descending ? [filled, empty] : [empty, filled];
  if (!after) return inOrder;
  if (after.value === null) {
    empty.conditions.push({ sql: `_seq ${sign} ?`, params: [after.seq] });
    return descending ? [empty] : inOrder;
  }
  filled.conditions.push({ sql: `(${by}, _seq) ${sign} (?, ?)`, params: [after.value, after.seq] });
  return descending ? inOrder : [filled];
}

function cursorOf({ value, seq }: Place): string {
  const bytes = new TextEncoder().encode(JSON.stringify([value, seq]));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function placeOf(cursor: string): Place {
  try {
    const binary = atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
    const text = new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
    const place: unknown = JSON.parse(text);
    if (Array.isArray(place) && place.length === 2 && Number.isSafeInteger(place[1]) && isSqlValue(place[0]))
      return { value: place[0], seq: place[1] };
  } catch {
    // Not one of ours: said below.
  }
  throw badRequest([{ path: "cursor", message: "is not a cursor of this list" }]);
}

function isSqlValue(value: unknown): value is SqlValue {
  return value === null || typeof value === "string" || typeof value === "number";
}
