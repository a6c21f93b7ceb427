import type { OpenChat } from "../chat/open-chat.ts";
import type { Visitors } from "../react/visitors.ts";
import type { ToFrame, ToHost } from "./messages.ts";
import { watchSaid } from "./said.ts";

/** `open`: the visitor sees the frame. `waits`: the host page is about to say who they are. */
export type EmbedView = { open: boolean; waits: boolean };

export type EmbedStore = {
  view: () => EmbedView;
  subscribe: (changed: () => void) => () => void;
  hear: (message: ToFrame) => void;
  watch: (chat: OpenChat) => () => void;
  /** The visitor's session is over: somebody new comes in. */
  signedOut: () => void;
  close: () => void;
};

type Options = {
  visitors: Visitors;
  /** Whether the app lets people in whom nobody has named. */
  guests: boolean;
  shareText: boolean;
  say: (message: ToHost) => void;
  /** What was seen last of each chat; the tab's. */
  storage: () => Storage;
};

/** What the frame does when the host page speaks, and what it tells it. */
export function createEmbedStore({ visitors, guests, shareText, say, storage }: Options): EmbedStore {
  const listeners = new Set<() => void>();
  const watched = new Set<() => void>();
  let now: EmbedView = { open: false, waits: false };

  function set(part: Partial<EmbedView>) {
    now = { ...now, ...part };
    for (const changed of listeners) changed();
  }
  /** A guest is made when the visitor opens the chat, not when they look at a page. */
  function comeIn() {
    if (now.open && !now.waits && guests && visitors.state().visitor === null) void visitors.beGuest();
  }
  async function identify(token: string) {
    const ok = token !== "" && (await visitors.be(token));
    set({ waits: false });
    say({ type: "identify", ok });
    comeIn();
  }
  async function leave() {
    set({ waits: false });
    await visitors.leave();
    say({ type: "logout" });
    say({ type: "unread", count: 0 });
    comeIn();
  }

  return {
    view: () => now,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    hear(message) {
      switch (message.type) {
        case "hello":
          set({ waits: message.identity });
          return say({ type: "ready" });
        case "open":
          set({ open: true });
          for (const look of watched) look();
          return comeIn();
        case "close":
          return set({ open: false });
        case "identify":
          return void identify(message.token);
        case "logout":
          return void leave();
      }
    },
    watch(chat) {
      const { look, end } = watchSaid(chat, {
        seen: () => now.open,
        last: seenIn(storage, chat.id),
        onUnread: (count) => say({ type: "unread", count }),
        onSaid: ({ from, text }) => say({ type: "message", from, ...(shareText && { text }) }),
      });
      watched.add(look);
      return () => {
        watched.delete(look);
        end();
      };
    },
    signedOut() {
      visitors.forget();
      comeIn();
    },
    close: () => say({ type: "close" }),
  };
}

function seenIn(storage: () => Storage, chatId: string) {
  const key = `mozaiks:seen:${chatId}`;
  let inMemory: string | null = null;
  return {
    load() {
      try {
        return storage().getItem(key);
      } catch {
        return inMemory;
      }
    },
    save(id: string) {
      inMemory = id;
      try {
        storage().setItem(key, id);
      } catch {
        // Full or forbidden: known as long as the page lives.
      }
    },
  };
}
