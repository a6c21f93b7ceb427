import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { TeamChat, TeamChatDetail, TeamWaitView } from "#protocol/api/team";
import { getJson, sendJson } from "./http.ts";

type Page<T> = { items: T[]; next_cursor: string | null };

/** What of the conversations is wanted; times are ISO 8601. */
export type ChatFilter = {
  search?: string;
  workflow?: string;
  version?: number;
  waiting?: boolean;
  thumbs?: "up" | "down";
  from?: string;
  to?: string;
};

/** The conversations of an app's people, last used first, a page at a time. */
export function teamChatsQuery(enterpriseId: string, filter: ChatFilter) {
  return infiniteQueryOptions({
    queryKey: ["team-chats", enterpriseId, filter],
    queryFn: ({ pageParam }) => {
      const asked = new URLSearchParams({ limit: "30" });
      for (const [name, value] of Object.entries({ ...filter, cursor: pageParam }))
        if (value !== undefined && value !== null && value !== "") asked.set(name, String(value));
      return getJson<Page<TeamChat>>(`/api/apps/${enterpriseId}/chats?${asked}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: 15_000,
  });
}

export function teamChatQuery(enterpriseId: string, chatId: string) {
  return queryOptions({
    queryKey: ["team-chats", enterpriseId, "one", chatId],
    queryFn: () => getJson<TeamChatDetail>(`/api/apps/${enterpriseId}/chats/${chatId}`),
  });
}

/** What waits for the team, newest first: looked at again all the time, for somebody may be waiting. */
export function waitsQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["team-waits", enterpriseId],
    queryFn: () => getJson<Page<TeamWaitView>>(`/api/apps/${enterpriseId}/approvals?limit=100`),
    refetchInterval: 4_000,
  });
}

/** Error: CONFLICT, when somebody else was first, it is too late, or it is not asked any more. */
export function decide(
  enterpriseId: string,
  wait: TeamWaitView,
  approved: boolean,
  comment: string,
): Promise<unknown> {
  const path = `/api/apps/${enterpriseId}/approvals/${encodeURIComponent(wait.tool_call_id)}`;
  return sendJson("POST", path, { chat_id: wait.chat_id, approved, ...(comment ? { comment } : {}) });
}

/** Error: CONFLICT, when another operator has the chat. */
export function takeOver(enterpriseId: string, chatId: string): Promise<unknown> {
  return sendJson("POST", `${operatorOf(enterpriseId, chatId)}/join`);
}

export function sayAsOperator(
  enterpriseId: string,
  chatId: string,
  text: string,
  key: string,
): Promise<unknown> {
  return sendJson("POST", `${operatorOf(enterpriseId, chatId)}/say`, { text }, key);
}

export function giveBack(enterpriseId: string, chatId: string): Promise<unknown> {
  return sendJson("POST", `${operatorOf(enterpriseId, chatId)}/leave`);
}

function operatorOf(enterpriseId: string, chatId: string): string {
  return `/api/apps/${enterpriseId}/chats/${encodeURIComponent(chatId)}/operator`;
}

export type { TeamChat, TeamWaitView };
