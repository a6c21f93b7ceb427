import { queryOptions } from "@tanstack/react-query";
import type { ChangedFiles, FileIssue } from "#protocol/api/files";
import { getJson, sendJson } from "./http.ts";

/** Texts by path; a version never changes. */
export function filesQuery(enterpriseId: string, version: number) {
  return queryOptions({
    queryKey: ["files", enterpriseId, version],
    queryFn: () =>
      getJson<{ files: Record<string, string> }>(`/api/apps/${enterpriseId}/versions/${version}/files`),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What is wrong with a version's files as they were changed; nothing is kept. */
export async function checkFiles(enterpriseId: string, changed: ChangedFiles): Promise<FileIssue[]> {
  const path = `/api/apps/${enterpriseId}/files/check`;
  return (await sendJson<{ issues: FileIssue[] }>("POST", path, changed)).issues;
}

/** Holds the conversations and keeps the files as the app's draft. Errors: INVALID_WORKFLOW, ACCEPTANCE_FAILED. */
export function saveDraft(
  enterpriseId: string,
  changed: ChangedFiles,
  key: string,
): Promise<{ version: number }> {
  return sendJson<{ version: number }>("POST", `/api/apps/${enterpriseId}/files`, changed, key);
}
