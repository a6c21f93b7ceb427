import type { KeyboardEvent } from "react";

/** Enter sends; with Shift it starts a line, and while a word is composed (Japanese, say) it ends that. */
export function isSendKey(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing;
}
