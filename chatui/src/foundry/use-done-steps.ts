import { useQuery } from "@tanstack/react-query";
import type { AppDetail } from "#protocol/api/app";
import { stepsDoneQuery } from "../api/apps.ts";

/** The pages, by title, where an owner has been busy already, as the app stands. */
export function useDoneSteps({ enterprise_id, limits }: AppDetail): ReadonlySet<string> {
  const steps = useQuery(stepsDoneQuery(enterprise_id)).data;
  const spending = [limits.turn_nano, limits.chat_nano, limits.user_day_nano, limits.user_month_nano];
  const done: Record<string, boolean | undefined> = {
    "Test chat": steps?.chatted,
    Look: steps?.branded,
    Domains: steps?.domain,
    People: steps?.invited,
    Embed: steps?.embedded,
    Knowledge: steps?.knowledge,
    "Limits & budgets": [...spending, limits.workflow_month_nano, limits.app_month_nano].some(
      (it) => it !== null,
    ),
    "API keys": steps?.api_key,
  };
  return new Set(Object.keys(done).filter((title) => done[title]));
}
