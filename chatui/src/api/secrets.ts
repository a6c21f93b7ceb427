import { queryOptions } from "@tanstack/react-query";
import { getJson, sendJson } from "./http.ts";

/** Never the value. `used_on`: a day, as `2026-01-05`. */
export type ListedSecret = { name: string; set_by: string; set_at: string; used_on: string | null };

export function secretsQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["secrets", enterpriseId],
    queryFn: () => getJson<{ items: ListedSecret[] }>(`/api/apps/${enterpriseId}/secrets`),
  });
}

/** Sets a secret, or puts another value in its place. */
export function setSecret(enterpriseId: string, name: string, value: string): Promise<ListedSecret> {
  return sendJson("PUT", `/api/apps/${enterpriseId}/secrets/${encodeURIComponent(name)}`, { value });
}

export function removeSecret(enterpriseId: string, name: string): Promise<unknown> {
  return sendJson("DELETE", `/api/apps/${enterpriseId}/secrets/${encodeURIComponent(name)}`);
}
