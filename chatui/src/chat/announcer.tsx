import { useEffect, useRef, useState } from "react";
import { words } from "../words/words.ts";
import type { ChatItem } from "./chat-state.ts";
import { cleanText } from "./clean-text.ts";
import { noticeWords } from "./notice-words.ts";
import { readCard } from "./read-card.ts";

const LONGEST = 600;

/** Says aloud, once, what has come into a chat since it was opened: whole answers, cards, what happened. */
export function Announcer({ items, running }: { items: readonly ChatItem[]; running: boolean }) {
  const [words, setWords] = useState("");
  const told = useRef<number | null>(null);
  useEffect(() => {
    // What stands there when the page opens is for reading.
    told.current ??= items.length;
    if (running) return;
    const news = items.slice(told.current).flatMap(wordsOf);
    told.current = items.length;
    if (news.length > 0) setWords(news.join("\n").slice(0, LONGEST));
  }, [items, running]);
  return (
    <p className="sr-only" aria-live="polite" data-testid="announcer">
      {words}
    </p>
  );
}

/** Errors and the person's own messages have their own ways of being noticed. */
function wordsOf(item: ChatItem): string[] {
  if (item.kind === "text") return [cleanText(item.text).replace(/[*_`#>|]+/g, "")];
  if (item.kind === "notice") return [noticeWords(item, words())];
  if (item.kind === "tool" && item.interaction !== "auto_tool") return [readCard(item).title];
  return [];
}
