import { queryOptions } from "@tanstack/react-query";
import type { AppDiff } from "#protocol/api/app-diff";
import type { ListedVersion } from "#protocol/api/version";
import { getJson, sendFile, sendJson } from "./http.ts";

export type VersionPage = { items: ListedVersion[]; next_cursor: string | null };

export function versionsQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["versions", enterpriseId],
    queryFn: () => getJson<VersionPage>(`/api/apps/${enterpriseId}/versions?limit=50`),
  });
}

/** What changed from one version to another; versions never change. */
export function diffQuery(enterpriseId: string, from: number, to: number) {
  return queryOptions({
    queryKey: ["versions", enterpriseId, "diff", from, to],
    queryFn: () => getJson<AppDiff>(`/api/apps/${enterpriseId}/versions/${from}/diff/${to}`),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Makes a new version that equals this one. Error: CONFLICT, when another one is live than the page shows. */
export function restoreVersion(
  enterpriseId: string,
  version: number,
  expectedLive: number | null,
  key: string,
): Promise<{ version: number }> {
  const path = `/api/apps/${enterpriseId}/versions/${version}/publish`;
  return sendJson("POST", path, { expected_live: expectedLive }, key);
}

/** Keeps a zip of an app's files as its draft, once its conversations pass. Errors: INVALID_WORKFLOW, ACCEPTANCE_FAILED. */
export function importZip(enterpriseId: string, file: File): Promise<{ version: number }> {
  return sendFile<{ version: number }>(`/api/apps/${enterpriseId}/import`, file, { as: "draft" });
}
