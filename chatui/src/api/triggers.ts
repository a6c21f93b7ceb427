import { queryOptions } from "@tanstack/react-query";
import type { TriggerList } from "#protocol/api/trigger";
import { getJson, sendJson } from "./http.ts";

export function triggersQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["triggers", enterpriseId],
    queryFn: () => getJson<TriggerList>(`/api/apps/${enterpriseId}/triggers`),
  });
}

/** A new signing secret for a hook; the one before is void at once. */
export function newHookSecret(
  enterpriseId: string,
  workflow: string,
  name: string,
): Promise<{ url: string; secret: string }> {
  return sendJson("POST", `/api/apps/${enterpriseId}/hooks/${workflow}/${name}/secret`);
}
