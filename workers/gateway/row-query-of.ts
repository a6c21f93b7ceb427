import type * as z from "zod";
import { appError } from "#base/app-error";
import type { rowsQuery } from "#protocol/api/table";
import { type Column, column as columnSchema } from "#protocol/app-file/table";
import { parseField } from "#tables/csv/parse-field";
import { FILTER_OPERATORS, type Filter, type RowQuery } from "#tables/row-query";

/** What a query string asks of a table with these columns. Error: BAD_REQUEST. */
export function rowQueryOf(
  query: z.infer<typeof rowsQuery>,
  columns: Readonly<Record<string, Column>>,
): RowQuery {
  const texts = query.filter === undefined ? [] : [query.filter].flat();
  const descending = query.sort?.startsWith("-") ?? false;
  return {
    owner: query.owner ?? null,
    filters: texts.map((text) => filterOf(text, columns)),
    sort: query.sort === undefined ? null : { column: query.sort.replace(/^-/, ""), descending },
  };
}

const TEXT = columnSchema.parse({ type: "text" });

function filterOf(text: string, columns: Readonly<Record<string, Column>>): Filter {
  const [name = "", op = "", ...rest] = text.split(":");
  const known = FILTER_OPERATORS.find((it) => it === op);
  if (!known) {
    const message = `must be column:op:value with one of ${FILTER_OPERATORS.join(" ")}`;
    throw appError("BAD_REQUEST", { issues: [{ path: "filter", message }] });
  }
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  const field = { text: rest.join(":"), quoted: true };
  return { column: name, op: known, value: parseField(column ?? TEXT, field, false) };
}
