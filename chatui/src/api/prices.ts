import { queryOptions } from "@tanstack/react-query";
import type { PublishedPrice } from "#protocol/api/prices";
import { getJson } from "./http.ts";

/** Every model that an app of this platform can be told to use, with what it costs now; by name. */
export const usableModelsQuery = queryOptions({
  queryKey: ["usable-models"],
  async queryFn() {
    const all: PublishedPrice[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query = new URLSearchParams({ usable: "true", limit: "100", ...(cursor && { cursor }) });
      const page: { items: PublishedPrice[]; next_cursor: string | null } = await getJson(
        `/api/prices?${query}`,
      );
      all.push(...page.items);
      cursor = page.next_cursor;
    }
    return all;
  },
  staleTime: 5 * 60_000,
});
