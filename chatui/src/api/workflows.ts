import { queryOptions } from "@tanstack/react-query";
import type { ClientWorkflow, OwnerWorkflows } from "#protocol/api/workflow";
import { getJson } from "./http.ts";

/** What an app can do, for whoever chats with it; the entry first. */
export function workflowsQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["workflows", enterpriseId],
    queryFn: async () => {
      const answer = await getJson<{ workflows: ClientWorkflow[] }>(
        `/api/workflows?enterprise_id=${encodeURIComponent(enterpriseId)}`,
      );
      return [...answer.workflows].sort((a, b) => Number(b.entry_point) - Number(a.entry_point));
    },
    staleTime: 30_000,
  });
}

/** The same for the app's owner, with agents, tools and usage. */
export function ownerWorkflowsQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["owner-workflows", enterpriseId],
    queryFn: () => getJson<OwnerWorkflows>(`/api/app/workflows/${enterpriseId}`),
  });
}
