import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { Column, Table } from "#protocol/app-file/table";

type Given = NonNullable<AcceptanceCase["given"]>;
export type Values = Record<string, string | number | boolean | null>;

/** Days and texts of rows that only a test puts in. */
const A_DAY = "2030-05-14";
/** More rows than these are not all shown at once. */
const MOST_STATES = 10;

/** A record number that fits the key's pattern and that no sample row has; null where rows are not called by numbers. */
export function freeKey(table: Table, n = 1): string | null {
  const taken = table.sample.map((row) => String(row.values[table.key] ?? ""));
  const like = taken[0] || String(table.columns[table.key]?.examples?.[0] ?? "");
  const digits = /\d{3,}$/.exec(like)?.[0];
  if (!digits) return null;
  const number = String(9 * 10 ** (digits.length - 1) + n);
  const key = like.slice(0, -digits.length) + number;
  return taken.includes(key) ? freeKey(table, n + 1) : key;
}

/** A whole row with this key: the n-th sample row's values, or made from what the columns say of themselves. */
export function rowOf(table: Table, key: string, n = 0): Values {
  const like = table.sample[n % Math.max(1, table.sample.length)]?.values;
  const values = Object.entries(table.columns).map(([name, column]) => [
    name,
    like ? (like[name] ?? null) : exampleOf(column, n),
  ]);
  return { ...Object.fromEntries(values), [table.key]: key };
}

/** A value that a column takes; the n-th of those it names. */
export function exampleOf(column: Column, n = 0): string | number | boolean {
  const named = column.values ?? column.examples ?? [];
  const value = named[n % Math.max(1, named.length)] ?? column.default;
  if (value !== undefined) return value;
  switch (column.type) {
    case "date":
      return A_DAY;
    case "datetime":
      return `${A_DAY}T09:30:00.000Z`;
    case "integer":
    case "number":
    case "money":
      return 3;
    case "boolean":
      return true;
    case "email":
      return "kim@example.com";
    default:
      return "Something in their own words";
  }
}

/** Rows as a conversation is given them. */
export function given(
  table: string,
  owner: Given[number]["owner"],
  rows: readonly Values[],
  refused?: true,
): Given {
  return rows.map((values) => ({ table, owner, values, ...(refused ? { refused } : {}) }));
}

/** A row as a row that must be there: every column as it is. */
export function whole(table: Table, values: Values): Values {
  return Object.fromEntries(Object.keys(table.columns).map((name) => [name, values[name] ?? null]));
}

/** What no enum of an app has. */
const NO_VALUE = "none of those";

/** A row for each enum, whole but for a value that is none of it. */
export function misfits(table: Table): Values[] {
  return Object.entries(table.columns).flatMap(([column, { values }], at) => {
    const key = freeKey(table, 41 + at) ?? "Something new";
    return values ? [{ ...whole(table, rowOf(table, key)), [column]: NO_VALUE }] : [];
  });
}

/** Rows that between them have every value of every enum, at most as many as one list shows. */
export function everyState(table: Table): Values[] {
  const enums = Object.entries(table.columns).flatMap(([column, { values }]) =>
    values ? [[column, values] as const] : [],
  );
  const most = Math.min(MOST_STATES, Math.max(1, ...enums.map(([, values]) => values.length)));
  return Array.from({ length: most }, (_, n) => n).flatMap((n) => {
    const key = freeKey(table, 21 + n);
    const states = enums.map(([column, values]) => [column, values[n % values.length]!] as const);
    return key ? [{ ...whole(table, rowOf(table, key, n)), ...Object.fromEntries(states) }] : [];
  });
}
