import type { ChatItem } from "../chat/chat-state.ts";

/** The builds of a chat with the generator, oldest first: each message in it may have begun one. */
export function buildsIn(items: readonly ChatItem[]): string[] {
  const ids = items.flatMap((item) => (item.kind === "tool" ? [item.payload.build_id] : []));
  return [...new Set(ids.filter((id): id is string => typeof id === "string"))];
}

/** What the chat says of one of them. */
export function itemsOf(items: readonly ChatItem[], buildId: string): ChatItem[] {
  return items.filter((item) => item.kind === "tool" && item.payload.build_id === buildId);
}
