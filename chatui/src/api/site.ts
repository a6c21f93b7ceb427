import { queryOptions } from "@tanstack/react-query";
import type { Site } from "#protocol/api/site";
import { getJson } from "./http.ts";

export const siteQuery = queryOptions({
  queryKey: ["site"],
  queryFn: () => getJson<Site>("/api/site"),
  staleTime: 60_000,
});
