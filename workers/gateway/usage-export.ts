import type { Scope } from "#enterprises/scope";
import type { UsagePage } from "#ledger/usage-page";
import { CSV_HEADER, csvOf, ndjsonOf } from "#ledger/usage-text";
import { type UsageExportRow, usageExportRow } from "#protocol/api/usage-export";
import type { Env } from "../env.ts";
import { readUsageFile } from "../token-ledger/usage-archive.ts";
import { askLedger } from "./ask-ledger.ts";
import { streamOf } from "./stream-of.ts";

export type UsageExport = { period: string; body: ReadableStream<Uint8Array> };

/**
 * All raw usage of a month, page by page as fast as it is read: no more than a page is in memory. What has gone to
 * the archive is read from there. An error on the way breaks the stream off, so what is cut short never looks whole.
 */
export async function usageExport(
  env: Env,
  scope: Scope,
  ask: { period?: string | undefined; format: "csv" | "ndjson" },
): Promise<UsageExport> {
  const pageAfter = (after: number, period?: string) =>
    askLedger(env, scope.enterprise_id, (it) => it.usagePage(after, period));
  const text = ask.format === "csv" ? csvOf : ndjsonOf;
  // The first page is asked for before anything is answered: what can't be read is then an error like any other.
  const first = await pageAfter(0, ask.period);
  const firstRows = await rowsOf(env, scope, first);

  async function* pages() {
    yield (ask.format === "csv" ? CSV_HEADER : "") + text(firstRows);
    for (let { next } = first; next !== null; ) {
      const page = await pageAfter(next, first.period);
      yield text(await rowsOf(env, scope, page));
      next = page.next;
    }
  }
  return { period: first.period, body: streamOf(pages()) };
}

/** All raw usage of a month, a page after the other. */
export async function* readUsageRows(
  env: Env,
  scope: Scope,
  period: string,
): AsyncGenerator<UsageExportRow[]> {
  for (let after: number | null = 0; after !== null; ) {
    const from: number = after;
    const page: UsagePage = await askLedger(env, scope.enterprise_id, (it) => it.usagePage(from, period));
    yield await rowsOf(env, scope, page);
    after = page.next;
  }
}

async function rowsOf(env: Env, scope: Scope, page: UsagePage): Promise<UsageExportRow[]> {
  if (!page.part) return page.rows;
  const text = await readUsageFile(env.FILES, scope, page.period, page.part);
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => usageExportRow.parse(JSON.parse(line)));
}
