import { queryOptions } from "@tanstack/react-query";
import type { App, AppDetail, AppLogo, CreatedApp, Limits } from "#protocol/api/app";
import type { Build } from "#protocol/api/build";
import type { Plan } from "#protocol/api/plan";
import type { StepsDone } from "#protocol/api/steps-done";
import { getJson, sendFile, sendJson } from "./http.ts";

type StartedBuild = { build_id: string; chat_id: string; status: string };
type Listed<T> = { items: T[]; next_cursor: string | null };

export const appsQuery = queryOptions({
  queryKey: ["apps"],
  queryFn: () => getJson<Listed<App>>("/api/apps?limit=100"),
});

export function appQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["apps", enterpriseId],
    queryFn: () => getJson<AppDetail>(`/api/apps/${enterpriseId}`),
  });
}

/** What an app's owner has done already; asked anew whenever it is shown. */
export function stepsDoneQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["apps", enterpriseId, "steps-done"],
    queryFn: () => getJson<StepsDone>(`/api/apps/${enterpriseId}/steps-done`),
    refetchOnMount: "always",
  });
}

/** Whether a build has come to an end, good or bad. */
export function isSettled(status: Build["status"]): boolean {
  return status === "live" || status === "failed" || status === "cancelled";
}

/** A build at work has something new to show several times a second; one that waits for somebody, hardly ever. */
const AT_WORK_MS = 500;

export function buildQuery(enterpriseId: string, buildId: string) {
  return queryOptions({
    queryKey: ["builds", enterpriseId, buildId],
    queryFn: () => getJson<Build>(`/api/apps/${enterpriseId}/builds/${buildId}`),
    refetchInterval: (query) => {
      const status = query.state.data?.status;
      if (status === "building" || status === "testing") return AT_WORK_MS;
      return status && isSettled(status) ? false : 3_000;
    },
  });
}

/** Makes an app from a prompt and starts its build, which waits for the plan's approval, if none was given. */
export function startApp(prompt: string, key: string, plan?: Plan): Promise<CreatedApp> {
  return sendJson<CreatedApp>("POST", "/api/apps", { prompt, approve: "manual", ...(plan && { plan }) }, key);
}

/** Builds an app that exists already, or changes a version of it; what is planned waits for its approval. */
export function startBuild(
  enterpriseId: string,
  prompt: string,
  key: string,
  baseVersion?: number,
): Promise<StartedBuild> {
  return sendJson<StartedBuild>(
    "POST",
    `/api/apps/${enterpriseId}/builds`,
    { prompt, approve: "manual", ...(baseVersion === undefined ? {} : { base_version: baseVersion }) },
    key,
  );
}

/** Stops a build; what is live stays live. Error: CONFLICT, when it has ended already. */
export function cancelBuild(enterpriseId: string, buildId: string): Promise<Build> {
  return sendJson<Build>("POST", `/api/apps/${enterpriseId}/builds/${buildId}/cancel`);
}

/** Makes a build live whose conversations did not pass. Errors: FORBIDDEN (only owners may), CONFLICT. */
export function publishOverRed(build: Build, reason: string, key: string): Promise<Build> {
  const path = `/api/apps/${build.enterprise_id}/builds/${build.build_id}/override`;
  return sendJson<Build>("POST", path, { reason }, key);
}

export type AppChanges = Partial<
  Pick<
    AppDetail,
    "name" | "description" | "branding" | "show_cost" | "time_zone" | "sign_in" | "visibility" | "maintenance"
  > & {
    /** Those that are absent stay. */
    limits: Partial<Limits>;
  }
>;

export function changeApp(enterpriseId: string, changes: AppChanges): Promise<AppDetail> {
  return sendJson<AppDetail>("PATCH", `/api/apps/${enterpriseId}`, changes);
}

/** Errors: TOO_LARGE, UNSUPPORTED_FILE. */
export function setLogo(enterpriseId: string, file: File): Promise<AppLogo> {
  return sendFile<AppLogo>(`/api/apps/${enterpriseId}/logo`, file);
}

export function removeLogo(enterpriseId: string): Promise<AppLogo> {
  return sendJson<AppLogo>("DELETE", `/api/apps/${enterpriseId}/logo`);
}

export function deleteApp(enterpriseId: string): Promise<unknown> {
  return sendJson("DELETE", `/api/apps/${enterpriseId}`);
}

export function removeSampleRows(enterpriseId: string): Promise<unknown> {
  return sendJson("DELETE", `/api/apps/${enterpriseId}/sample-rows`);
}
