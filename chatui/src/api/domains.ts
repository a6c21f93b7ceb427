import { queryOptions } from "@tanstack/react-query";
import type { Domain, Domains } from "#protocol/api/domain";
import { getJson, sendJson } from "./http.ts";

/** While something is on its way it is looked at again by itself. */
const FOLLOW_MS = 15_000;

const at = (enterpriseId: string, host = "") =>
  `/api/apps/${enterpriseId}/domains${host && `/${encodeURIComponent(host)}`}`;

export function domainsQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["domains", enterpriseId],
    queryFn: () => getJson<Domains>(at(enterpriseId)),
    refetchInterval: (query) =>
      query.state.data?.items.some((it) => it.status.startsWith("pending")) ? FOLLOW_MS : false,
  });
}

/** Errors: BAD_REQUEST, with why the host can't be; CONFLICT; FORBIDDEN. */
export function addDomain(enterpriseId: string, host: string): Promise<Domain> {
  return sendJson<Domain>("POST", at(enterpriseId), { host });
}

/** Error: RATE_LIMITED, when somebody has just looked. */
export function checkDomain(enterpriseId: string, host: string): Promise<Domain> {
  return sendJson<Domain>("POST", `${at(enterpriseId, host)}/check`);
}

export function makePrimary(enterpriseId: string, host: string, primary: boolean): Promise<Domain> {
  return sendJson<Domain>("PATCH", at(enterpriseId, host), { primary });
}

export function removeDomain(enterpriseId: string, host: string): Promise<unknown> {
  return sendJson("DELETE", at(enterpriseId, host));
}
