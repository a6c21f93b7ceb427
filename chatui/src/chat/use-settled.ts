import { useState } from "react";
import type { ChatItem } from "./chat-state.ts";

/**
 * The items as they were when one last came, went or changed by more than a text that grows: what is made of them
 * then stays the same while an answer streams in.
 */
export function useSettled(items: readonly ChatItem[]): readonly ChatItem[] {
  const [settled, setSettled] = useState(items);
  if (settled === items || onlyGrown(settled, items)) return settled;
  setSettled(items);
  return items;
}

function onlyGrown(before: readonly ChatItem[], after: readonly ChatItem[]): boolean {
  return before.length === after.length && before.every((item, index) => isSame(item, after[index]));
}

function isSame(before: ChatItem, after: ChatItem | undefined): boolean {
  if (before === after) return true;
  const grows = before.kind === "text" && after?.kind === "text" && before.streaming && after.streaming;
  return grows && before.id === after.id && before.agent === after.agent;
}
