import { infiniteQueryOptions } from "@tanstack/react-query";
import type { AuditEntry } from "#protocol/api/audit";
import { getFile, getJson } from "./http.ts";

/** What of the audit log is wanted: an account's id, a deed or a family of them, times as ISO 8601 (`to` is not in). */
export type AuditFilter = { actor?: string; action?: string; from?: string; to?: string };

/** What was done, newest first, a page at a time. */
export function auditQuery(enterpriseId: string, filter: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: ["audit", enterpriseId, filter],
    queryFn: ({ pageParam }) => {
      const asked = askedOf(filter, { limit: "50", cursor: pageParam });
      return getJson<{ items: AuditEntry[]; next_cursor: string | null }>(
        `/api/apps/${enterpriseId}/audit?${asked}`,
      );
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** All that the filter lets through, as a file. */
export function auditFile(
  enterpriseId: string,
  filter: AuditFilter,
  format: "csv" | "ndjson",
): Promise<Blob> {
  return getFile(`/api/apps/${enterpriseId}/audit/export?${askedOf(filter, { format })}`);
}

function askedOf(filter: AuditFilter, more: Record<string, string>): URLSearchParams {
  const all = Object.entries({ ...more, ...filter });
  return new URLSearchParams(all.filter((it): it is [string, string] => Boolean(it[1])));
}
