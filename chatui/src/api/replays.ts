import { queryOptions, skipToken } from "@tanstack/react-query";
import type { Replay } from "#protocol/api/replay";
import { getJson, sendJson } from "./http.ts";

/** A replay as far as it is; looked at again until it has ended. */
export function replayQuery(enterpriseId: string, replayId: string) {
  return queryOptions({
    queryKey: ["replays", enterpriseId, replayId],
    queryFn: () => getJson<Replay>(`/api/apps/${enterpriseId}/replays/${replayId}`),
    refetchInterval: ({ state }) => (state.data && state.data.status !== "running" ? false : 1_000),
  });
}

/** The id of the replay that was last begun of a chat, for as long as the page lives. */
export function lastReplayQuery(enterpriseId: string, chatId: string) {
  return queryOptions<string>({
    queryKey: ["replays", enterpriseId, "last-of", chatId],
    queryFn: skipToken,
    gcTime: Number.POSITIVE_INFINITY,
  });
}

/** Holds a conversation again with another version; nothing is carried out. */
export function startReplay(
  enterpriseId: string,
  chatId: string,
  version: number,
  key: string,
): Promise<{ replay_id: string }> {
  return sendJson("POST", `/api/apps/${enterpriseId}/replays`, { version, chats: [chatId] }, key);
}

export function cancelReplay(enterpriseId: string, replayId: string): Promise<Replay> {
  return sendJson("POST", `/api/apps/${enterpriseId}/replays/${replayId}/cancel`);
}
