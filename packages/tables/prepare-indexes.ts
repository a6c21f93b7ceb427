import type { Sql } from "#base/sql";
import { matchColumn, searchIndex, tableName } from "./sql-names.ts";
import { TABLE_LIMITS } from "./table-limits.ts";
import { columnOf, type TableSpec } from "./table-spec.ts";

/**
 * Makes the indexes of a table those of its newest version, and drops the others. An index by itself holds each
 * row's sequence number behind its columns, so rows that match are also found newest first. Inside a transaction.
 */
export function prepareIndexes(sql: Sql, table: string, spec: TableSpec): void {
  const there = sql.exec(
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND name GLOB 'i[0-9]*'",
    tableName(table),
  );
  const wanted = new Set(
    indexedLists(spec).map((columns) => `ON ${tableName(table)} (${columns.join(", ")})`),
  );
  const kept = new Set<string>();
  const names = new Set<string>();
  for (const { name, sql: text } of there) {
    const on = String(text).slice(String(text).indexOf("ON "));
    if (wanted.has(on) && !kept.has(on)) {
      kept.add(on);
      names.add(String(name));
    } else sql.exec(`DROP INDEX ${searchIndex(table, Number(/\d+/.exec(String(name))?.[0]))}`);
  }
  let number = 1;
  for (const on of wanted) {
    if (kept.has(on)) continue;
    while (names.has(searchIndex(table, number))) number++;
    sql.exec(`CREATE INDEX ${searchIndex(table, number++)} ${on}`);
  }
}

/**
 * The SQL columns of each index. Declared ones stand as they are, for the app's owner; those of `searched` begin
 * with a row's owner where a person's tools see their own rows only.
 */
function indexedLists(spec: TableSpec): string[][] {
  const own = spec.owner === "shared" ? [] : ["_owner"];
  const lists = [
    ...(spec.indexes ?? []).map((columns) => sqlColumns(spec, columns)),
    ...(spec.searched ?? []).map((columns) => [...own, ...sqlColumns(spec, columns)]),
  ];
  return lists.filter((it) => it.length > 0).slice(0, TABLE_LIMITS.indexesPerTable);
}

function sqlColumns(spec: TableSpec, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const column = columnOf(spec, name);
    return column ? [matchColumn(name, column)] : [];
  });
}
