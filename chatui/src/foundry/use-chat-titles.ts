import { useQueries } from "@tanstack/react-query";
import { chatsQuery } from "../api/chats.ts";

/** Titles of my chats with these workflows, by chat id. Other people's chats have none here. */
export function useChatTitles(enterpriseId: string, workflows: readonly string[]): Map<string, string> {
  return useQueries({
    queries: workflows.map((workflow) => ({ ...chatsQuery(enterpriseId, workflow), staleTime: 30_000 })),
    combine: (answers) =>
      new Map(
        answers.flatMap(({ data = [] }) =>
          data.flatMap(({ chat_id, title }): [string, string][] => (title ? [[chat_id, title]] : [])),
        ),
      ),
  });
}
