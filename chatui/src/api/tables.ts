import { queryOptions } from "@tanstack/react-query";
import type { Imported, TableInfo, TableRow } from "#protocol/api/table";
import { failure, readFailure } from "./failure.ts";
import { getFile, getJson, sendJson } from "./http.ts";

export type Values = TableRow["values"];
/** `filter`: `column:op:value`. */
export type RowsAsked = { sort: string | null; filter: string | null; cursor: string | null };

export function tablesQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["tables", enterpriseId],
    queryFn: () => getJson<{ tables: TableInfo[] }>(pathOf(enterpriseId)),
  });
}

/** One page of a table, however many rows it has. */
export function rowsQuery(enterpriseId: string, table: string, { sort, filter, cursor }: RowsAsked) {
  const asked = new URLSearchParams({ limit: "50" });
  for (const [name, value] of Object.entries({ sort, filter, cursor })) if (value) asked.set(name, value);
  return queryOptions({
    queryKey: ["tables", enterpriseId, table, "rows", String(asked)],
    queryFn: () =>
      getJson<{ items: TableRow[]; next_cursor: string | null }>(
        `${pathOf(enterpriseId, table)}/rows?${asked}`,
      ),
    placeholderData: (before) => before,
  });
}

export function addRow(enterpriseId: string, table: string, values: Values, key: string): Promise<TableRow> {
  return sendJson("POST", `${pathOf(enterpriseId, table)}/rows`, { values }, key);
}

export function changeRow(
  enterpriseId: string,
  table: string,
  rowId: string,
  values: Values,
): Promise<TableRow> {
  return sendJson("PATCH", `${pathOf(enterpriseId, table)}/rows/${encodeURIComponent(rowId)}`, { values });
}

export function removeRow(enterpriseId: string, table: string, rowId: string): Promise<unknown> {
  return sendJson("DELETE", `${pathOf(enterpriseId, table)}/rows/${encodeURIComponent(rowId)}`);
}

export function tableCsv(enterpriseId: string, table: string): Promise<Blob> {
  return getFile(`${pathOf(enterpriseId, table)}/rows.csv`);
}

type Import = { file: File; mode: "insert" | "upsert"; dryRun: boolean; key: string };

/** Takes a CSV in, whole or not at all, or tries what would come of it. Errors: ApiFailure. */
export async function importCsv(
  enterpriseId: string,
  table: string,
  { file, mode, dryRun, key }: Import,
): Promise<Imported> {
  let answer: Response;
  try {
    answer = await fetch(
      `${pathOf(enterpriseId, table)}/import?mode=${mode}&dry_run=${dryRun}&all_or_nothing=true`,
      {
        method: "POST",
        headers: { "content-type": "text/csv", ...(dryRun ? {} : { "idempotency-key": key }) },
        body: file,
        credentials: "same-origin",
      },
    );
  } catch {
    throw failure(0, "OFFLINE", "There is no connection right now.", true);
  }
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw readFailure(answer.status, body);
  return body as Imported;
}

function pathOf(enterpriseId: string, table?: string): string {
  return `/api/apps/${enterpriseId}/tables${table === undefined ? "" : `/${table}`}`;
}
