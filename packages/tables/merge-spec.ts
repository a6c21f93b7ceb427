import { appError } from "#base/app-error";
import { checkCell } from "./check-cell.ts";
import { compilePattern } from "./pattern.ts";
import type { SearchedTable } from "./searched-by.ts";
import { isFolded, isIdentifier } from "./sql-names.ts";
import type { Issue } from "./table-context.ts";
import { TABLE_LIMITS } from "./table-limits.ts";
import type { TableSpec } from "./table-spec.ts";

/** Of `_seq _id _owner _sample _created_at _updated_at`. */
const OWN_COLUMNS = 6;

/**
 * What to remember of a table when a new version of the app declares it.
 * @throws CONFLICT when the change would reinterpret rows that are there: another type for a column, or a table
 *   of people's own rows that becomes everyone's.
 */
export function mergeSpec(name: string, before: TableSpec | undefined, declared: SearchedTable): TableSpec {
  const { sample: _, ...spec } = declared;
  if (!before) return spec;
  if (before.owner !== "shared" && spec.owner === "shared")
    throw appError(
      "CONFLICT",
      { table: name },
      `Rows of '${name}' belong to single people and can't become shared. Use a new table.`,
    );
  const columns = { ...spec.columns };
  for (const [column, was] of Object.entries(before.columns)) {
    const is = Object.hasOwn(columns, column) ? columns[column] : undefined;
    if (!is) columns[column] = { ...was, required: false, default: undefined };
    else if (is.type !== was.type)
      throw appError(
        "CONFLICT",
        { table: name, column, from: was.type, to: is.type },
        `Column '${column}' of '${name}' is ${was.type} and can't become ${is.type}. Use a new column.`,
      );
  }
  return { ...spec, columns };
}

/** What is wrong with a table by itself; paths start with the table's name. */
export function specIssues(name: string, spec: TableSpec): Issue[] {
  const issues: Issue[] = [];
  const say = (path: string, message: string) => issues.push({ path: `${name}${path}`, message });
  if (!isIdentifier(name)) say("", "is not a valid table name");
  const key = Object.hasOwn(spec.columns, spec.key) ? spec.columns[spec.key] : undefined;
  if (!key) say(".key", "is not a column of the table");
  else if (spec.key_prefix !== undefined && key.type !== "text")
    say(".key_prefix", "needs a key column of type text");
  for (const [at, columns] of (spec.indexes ?? []).entries())
    for (const column of columns)
      if (!Object.hasOwn(spec.columns, column)) say(`.indexes.${at}`, `names no column: ${column}`);
  let sqlColumns = OWN_COLUMNS;
  for (const [column, it] of Object.entries(spec.columns)) {
    sqlColumns += isFolded(it) ? 2 : 1;
    if (!isIdentifier(column)) say(`.columns.${column}`, "is not a valid column name");
    const pattern = it.pattern === undefined ? null : compilePattern(it.pattern);
    if (pattern && !pattern.ok) say(`.columns.${column}.pattern`, `is not supported: ${pattern.message}`);
    const fallback = it.default === undefined ? null : checkCell(it, it.default, "write");
    if (fallback && !fallback.ok) say(`.columns.${column}.default`, fallback.message);
  }
  if (sqlColumns > TABLE_LIMITS.sqlColumnsPerTable)
    say(".columns", "are too many, those of earlier versions included");
  return issues;
}
