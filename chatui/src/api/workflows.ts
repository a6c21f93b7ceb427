import { queryOptions } from "@tanstack/react-query";
import type { ClientWorkflow, OwnerWorkflows } from "#protocol/api/workflow";
import { type Client, getJson } from "./http.ts";

/** What an app can do, for whoever chats with it; the entry first. */
export async function workflowsOf(enterpriseId: string, client?: Client): Promise<ClientWorkflow[]> {
  const path = `/api/workflows?enterprise_id=${encodeURIComponent(enterpriseId)}`;
  const { workflows } = await getJson<{ workflows: ClientWorkflow[] }>(path, client);
  return workflows.toSorted((a, b) => Number(b.entry_point) - Number(a.entry_point));
}

export function workflowsQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["workflows", enterpriseId],
    queryFn: () => workflowsOf(enterpriseId),
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
