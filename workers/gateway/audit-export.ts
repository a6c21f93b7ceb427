import { AUDIT_CSV_HEADER, auditCsv, auditNdjson } from "#audit/audit-text";
import { type AuditFilter, listAudit } from "#audit/list-audit";
import type { Place } from "#enterprises/beyond";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import { streamOf } from "./stream-of.ts";

/** Rows in memory at once. */
const PAGE_ROWS = 500;

/** The audit log, newest first, page by page as fast as it is read. An error on the way breaks the stream off. */
export async function auditExport(
  db: Db,
  scope: Scope,
  { format, filter }: { format: "csv" | "ndjson"; filter: AuditFilter },
): Promise<ReadableStream<Uint8Array>> {
  const pageBefore = (before: Place | null) => listAudit(db, scope, { before, limit: PAGE_ROWS, filter });
  const text = format === "csv" ? auditCsv : auditNdjson;
  const first = await pageBefore(null);

  async function* pages() {
    yield (format === "csv" ? AUDIT_CSV_HEADER : "") + text(first);
    for (let rows = first; rows.length === PAGE_ROWS; ) {
      const last = rows[PAGE_ROWS - 1];
      if (!last) return;
      rows = await pageBefore({ at: last.at, id: last.auditId });
      yield text(rows);
    }
  }
  return streamOf(pages());
}
