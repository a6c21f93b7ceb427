import { type ComponentType, createContext, type ReactNode, useContext } from "react";
import type { ToolItem, UserItem } from "./chat-state.ts";
import type { Passage } from "./citations.ts";

/** Links to where an owner sees to their app. */
export type OwnerLinks = { limits: ReactNode; usage: ReactNode };

/** What the parts of a thread need beside their own item. It changes rarely: each of them is drawn again then. */
export type ChatParts = {
  answer: (toolCallId: string, response: unknown) => void;
  /** What the person can do with what was said; null where nobody writes. The first three are for refused messages. */
  own: {
    resend: (clientId: string) => void;
    /** Takes it back into the composer. */
    edit: (item: UserItem & { clientId: string }) => void;
    discard: (clientId: string) => void;
    /** Says a message in other words. */
    rewrite: (messageId: string, text: string) => void;
    regenerate: (messageId: string) => void;
    rate: (messageId: string, value: "up" | "down") => void;
  } | null;
  /** Null where an end user reads. */
  owner: OwnerLinks | null;
  /** Cards of this page's own, by component type. */
  cards: Record<string, ComponentType<{ item: ToolItem }>>;
  connected: boolean;
  /** Where a file of this chat is saved from; null where messages go without. */
  fileUrl: ((attachmentId: string) => string) | null;
};

/** What is true of single items because of others. */
export type ThreadMarks = {
  /** Items where another agent than before begins to speak. */
  opens: ReadonlySet<string>;
  agentTitle: (agent: string) => string;
  /** What answers can cite, by their items' ids. */
  cites: ReadonlyMap<string, readonly Passage[]>;
  /** The answer that can be asked for once more, by its message's id. */
  lastAnswer: string | null;
  /** Says the person's last message again: offered on the error that ended the chat so far. */
  retry: { errorId: string; run: () => void } | null;
};

/** Whether a run is going on. Drawing only what asks: it changes with every turn. */
export const RunningContext = createContext(false);

export const ChatContext = createContext<ChatParts | null>(null);

export function useChatParts(): ChatParts {
  const parts = useContext(ChatContext);
  if (!parts) throw new Error("useChatParts() outside of a chat");
  return parts;
}
