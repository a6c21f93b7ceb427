import { appError } from "#base/app-error";
import type { Column } from "#protocol/app-file/table";

const IDENTIFIER = /^[a-z][a-z0-9_]{0,62}$/;

/**
 * The only way a name of an app file gets into SQL: checked against the identifier rule, then given a prefix,
 * so it can be neither a keyword nor one of our own names (which start with `_`).
 */
function prefixed(prefix: "t" | "c" | "f" | "k" | "o", name: string): string {
  if (!IDENTIFIER.test(name))
    throw appError("BAD_REQUEST", { issues: [{ path: "", message: "is not a valid name" }] });
  return `${prefix}_${name}`;
}

export const tableName = (table: string) => prefixed("t", table);
/** Holds the value. */
export const valueColumn = (column: string) => prefixed("c", column);
/** Holds a text's folded copy. */
export const foldedColumn = (column: string) => prefixed("f", column);
/** Unique index on the key column. */
export const keyIndex = (table: string) => prefixed("k", table);
/** Index on the owner; SQLite appends the row's sequence number, so it is also in order of creation. */
export const ownerIndex = (table: string) => prefixed("o", table);

/** An index that look-ups use, by number: `i3_orders`. */
export const searchIndex = (table: string, number: number) =>
  `i${Math.trunc(number)}_${tableName(table).slice(2)}`;

export function isIdentifier(name: string): boolean {
  return IDENTIFIER.test(name);
}

/** Texts that people type: compared without case, so they have a folded copy. */
export function isFolded(column: Column): boolean {
  return column.type === "text" || column.type === "email" || column.type === "enum";
}

/** The SQL column that equality looks at. */
export function matchColumn(name: string, column: Column): string {
  return isFolded(column) ? foldedColumn(name) : valueColumn(name);
}
