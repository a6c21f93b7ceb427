import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { AppDetail } from "#protocol/api/app";
import { domainsQuery } from "../api/domains.ts";
import { knowledgeQuery } from "../api/knowledge.ts";

/** The pages, by title, where an owner has been busy already, as the app stands. */
export function useDoneSteps(app: AppDetail): ReadonlySet<string> {
  const id = app.enterprise_id;
  const domains = useQuery({ ...domainsQuery(id), enabled: app.can.includes("app.domains") });
  const files = useInfiniteQuery({ ...knowledgeQuery(id), enabled: app.can.includes("data.change") });
  const limits = [
    ...[app.limits.turn_nano, app.limits.chat_nano, app.limits.user_day_nano, app.limits.user_month_nano],
    ...[app.limits.workflow_month_nano, app.limits.app_month_nano],
  ];
  const done = new Set<string>();
  if (limits.some((it) => it !== null)) done.add("Limits & budgets");
  if ((domains.data?.items.length ?? 0) > 0) done.add("Domains");
  if (files.data?.pages.some((page) => page.items.length > 0)) done.add("Knowledge");
  return done;
}
