import { appError } from "#base/app-error";
import type { Clock } from "#base/clock";
import type { NewId } from "#base/new-id";
import type { Sql } from "#base/sql";
import type { TableSpec } from "./table-spec.ts";

/** What every function of the store works on. `specs` is what the object remembers of its tables. */
export type TableContext = {
  sql: Sql;
  clock: Clock;
  newId: NewId;
  specs: ReadonlyMap<string, TableSpec>;
};

export type Issue = { path: string; message: string };

/** BAD_REQUEST whose message says all that is wrong, so that a model which reads it can mend its call. */
export function badRequest(issues: Issue[]) {
  const sentence = issues.map((it) => `${it.path} ${it.message}`).join("; ");
  return appError("BAD_REQUEST", { issues }, `${sentence}.`);
}

/** @throws BAD_REQUEST when the app has no such table. */
export function specOf(context: TableContext, table: string): TableSpec {
  const spec = context.specs.get(table);
  if (!spec) throw badRequest([{ path: "table", message: `is not a table of this app: ${table}` }]);
  return spec;
}
