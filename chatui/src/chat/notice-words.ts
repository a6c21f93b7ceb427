import type { Words } from "../words/words.ts";
import type { NoticeItem } from "./chat-state.ts";
import { cleanText } from "./clean-text.ts";

/** What happened to a chat, in a sentence. */
export function noticeWords({ says, who }: NoticeItem, words: Words): string {
  const name = cleanText(who);
  switch (says) {
    case "joined":
      return words.joined(name);
    case "left":
      return words.left(name);
    case "takes_over":
      return words.takesOver(name);
    case "stopped":
      return words.stopped;
    case "told":
      return name;
  }
}
