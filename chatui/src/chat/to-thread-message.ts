import type { ThreadMessageLike } from "@assistant-ui/react";
import type { ChatItem } from "./chat-state.ts";

/** One item of the chat as a message of assistant-ui's thread; what is not text travels as a data part. */
export function toThreadMessage(item: ChatItem): ThreadMessageLike {
  const metadata = { custom: { item } };
  if (item.kind === "user") return { role: "user", id: item.id, content: item.text, metadata };
  if (item.kind === "text")
    return {
      role: "assistant",
      id: item.id,
      content: [{ type: "text", text: item.text }],
      status: item.streaming ? { type: "running" } : { type: "complete", reason: "stop" },
      metadata,
    };
  return {
    role: "assistant",
    id: item.kind === "tool" ? item.key : `${item.kind}-${item.id}`,
    content: [{ type: "data", name: item.kind, data: item }],
    status: { type: "complete", reason: "stop" },
    metadata,
  };
}
