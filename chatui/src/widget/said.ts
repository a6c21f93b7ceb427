import type { ChatState } from "../chat/chat-state.ts";
import type { OpenChat } from "../chat/open-chat.ts";

/** A message that stands in the log. */
export type Said = { id: string; from: "visitor" | "app"; text: string };

/** What was said so far, the oldest first; not what is still on its way. */
export function saidIn({ items }: ChatState): Said[] {
  return items.flatMap((item): Said[] => {
    if (item.kind === "user")
      return item.messageId ? [{ id: item.messageId, from: "visitor", text: item.text }] : [];
    if (item.kind !== "text" || item.streaming || !item.messageId) return [];
    return [{ id: item.messageId, from: "app", text: item.text }];
  });
}

/** Seen last: nothing, since nothing had been said. */
const NOTHING = "";

/** The app's messages behind the one seen last; none if that one is not known. */
export function unreadIn(said: readonly Said[], seen: string | null): number {
  const at = said.findIndex(({ id }) => id === seen);
  return at < 0 && seen !== NOTHING ? 0 : said.slice(at + 1).filter(({ from }) => from === "app").length;
}

type Watching = {
  /** Whether the visitor sees the chat. */
  seen: () => boolean;
  /** Which message they saw last, remembered between pages. */
  last: { load: () => string | null; save: (id: string) => void };
  onUnread: (count: number) => void;
  /** Something was said while the page looked on. */
  onSaid: (said: Said) => void;
};

/** Counts what a visitor has not seen. @returns `look`, for when they open the chat, and `end` */
export function watchSaid(chat: OpenChat, { seen, last, onUnread, onSaid }: Watching) {
  let known: Set<string> | null = null;
  let told = -1;
  function look() {
    const { chat: state } = chat.view();
    if (!state.caughtUp) return;
    const said = saidIn(state);
    const newest = said.at(-1)?.id ?? NOTHING;
    // What was there before is no news, and without a note of what was seen it was all seen.
    const first = known === null;
    for (const it of said) if (known && !known.has(it.id)) onSaid(it);
    known = new Set(said.map(({ id }) => id));
    if (seen() || (first && last.load() === null)) last.save(newest);
    const unread = unreadIn(said, last.load());
    if (unread !== told) onUnread(unread);
    told = unread;
  }
  look();
  return { look, end: chat.subscribe(look) };
}
