import { queryOptions } from "@tanstack/react-query";
import type { ChatMeta, StartedChat } from "#protocol/api/chat";
import { type Client, getJson, sendJson } from "./http.ts";

/** My chats with one workflow, newest first. */
export function chatsQuery(enterpriseId: string, workflow: string) {
  return queryOptions({
    queryKey: ["chats", enterpriseId, workflow],
    queryFn: async () => {
      const { items } = await getJson<{ items: ChatMeta[] }>(
        `/api/chats/${enterpriseId}/${encodeURIComponent(workflow)}`,
      );
      return [...items].sort((a, b) => b.last_activity_at.localeCompare(a.last_activity_at));
    },
  });
}

/** Calls a chat of mine something else. */
export function renameChat(enterpriseId: string, chatId: string, title: string): Promise<{ title: string }> {
  return sendJson("PATCH", `/api/chats/${enterpriseId}/${encodeURIComponent(chatId)}`, { title });
}

/** Deletes a chat of mine, with all that was said in it. */
export function deleteChat(enterpriseId: string, chatId: string): Promise<{ deleted: true }> {
  return sendJson("DELETE", `/api/chats/${enterpriseId}/${encodeURIComponent(chatId)}`);
}

/** Opens my chat with a workflow: the one at hand, or with `force_new` another. */
export function startChat(
  enterpriseId: string,
  workflow: string,
  options: { force_new?: boolean; client_request_id?: string; draft?: boolean } = {},
  client?: Client,
): Promise<StartedChat> {
  const path = `/api/chats/${enterpriseId}/${encodeURIComponent(workflow)}/start`;
  return sendJson<StartedChat>("POST", path, options, undefined, client);
}
