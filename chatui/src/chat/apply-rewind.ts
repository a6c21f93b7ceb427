import type { DownData } from "#protocol/frames/down";
import type { ChatItem, ChatState } from "./chat-state.ts";

/** The chat without what no longer counts. What this page is still sending, or could not send, stays. */
export function rewind(state: ChatState, { message_id, reason }: DownData<"chat.rewind">): ChatState {
  const at = state.items.findIndex((item) => item.kind === "user" && item.messageId === message_id);
  if (at < 0) return state;
  const from = reason === "edit" ? at : at + 1;
  return { ...state, items: state.items.filter((item, index) => index < from || isOnlyHere(item)) };
}

function isOnlyHere(item: ChatItem): boolean {
  return item.kind === "user" && (item.sending || item.refused !== undefined);
}
