import type { Scope } from "#enterprises/scope";
import { type CsvStyle, csvHeader, csvRows } from "#tables/csv/write-csv";
import type { TableSpec } from "#tables/table-spec";
import { askAppData } from "../app-data/ask-app-data.ts";
import type { Env } from "../env.ts";
import { streamOf } from "./stream-of.ts";

/**
 * A table as CSV, page by page as fast as it is read: no more than a page is in memory, and the object answers
 * others in between. An error on the way breaks the stream off, so what is cut short never looks whole.
 */
export async function exportTable(
  env: Env,
  scope: Scope,
  table: string,
  spec: TableSpec,
  style: CsvStyle,
): Promise<ReadableStream<Uint8Array>> {
  const pageAfter = (after: number) =>
    askAppData(env, scope.enterprise_id, (it) => it.exportPage(table, after));
  const first = await pageAfter(0);

  async function* pages() {
    yield csvHeader(spec, style) + csvRows(spec, first.rows, style);
    for (let { next } = first; next !== null; ) {
      const page = await pageAfter(next);
      yield csvRows(spec, page.rows, style);
      next = page.next;
    }
  }
  return streamOf(pages());
}
