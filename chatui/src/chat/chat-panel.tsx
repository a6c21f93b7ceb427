import { type ComponentType, type ReactNode, useCallback, useMemo } from "react";
import { ChatContext, type ChatParts } from "./chat-context.ts";
import type { ChatItem, ToolItem } from "./chat-state.ts";
import { ChatUsageLine } from "./chat-usage-line.tsx";
import { Composer } from "./composer.tsx";
import { ConnectionLine } from "./connection-line.tsx";
import { humanise } from "./humanise.ts";
import { Thread } from "./thread.tsx";
import { useOpenChat } from "./use-open-chat.ts";

type Props = {
  address: { workflow: string; enterpriseId: string; chatId: string; userId: string };
  /** Shown while nothing has been said; gets the function that says something. */
  empty: (say: (text: string) => void) => ReactNode;
  placeholder: string;
  offlineModel: boolean;
  cards?: Record<string, ComponentType<{ item: ToolItem }>>;
};

const NO_CARDS = {};

/** One chat: its messages, its state, and where to write. */
export function ChatPanel({ address, empty, placeholder, offlineModel, cards = NO_CARDS }: Props) {
  const { open, view } = useOpenChat(address);
  const { chat, status } = view;
  const { items, titles, running } = chat;

  const say = useCallback((text: string) => open?.send(text), [open]);
  const lastSaid = items.findLast((item) => item.kind === "user")?.text;
  const connected = status.state === "open";
  const parts = useMemo<ChatParts>(
    () => ({
      answer: (id, response) => open?.answer(id, response),
      retry: lastSaid !== undefined && !running ? () => say(lastSaid) : null,
      agentTitle: (agent) => titles[agent] ?? humanise(agent),
      opens: openings(items),
      cards,
      connected,
    }),
    [open, lastSaid, running, titles, items, cards, connected, say],
  );

  return (
    <ChatContext value={parts}>
      <div className="flex min-h-0 flex-1 flex-col">
        <Thread
          items={items}
          running={running}
          onSend={say}
          empty={chat.caughtUp ? empty(say) : status.state !== "closed" && <Loading />}
        />
        <div className="mx-auto w-full max-w-3xl px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6">
          <ConnectionLine status={status} onRetry={() => open?.reconnect()} />
          {chat.alert && (
            <p role="status" className="mb-2 text-sm text-warn">
              {chat.alert}
            </p>
          )}
          <Composer running={running} placeholder={placeholder} onSend={say} onStop={() => open?.cancel()} />
          <ChatUsageLine usage={chat.usage} offlineModel={offlineModel} />
        </div>
      </div>
    </ChatContext>
  );
}

/** The ids of texts with which another agent begins to speak. */
function openings(items: readonly ChatItem[]): Set<string> {
  const ids = new Set<string>();
  let speaker: string | undefined;
  for (const item of items) {
    if (item.kind === "user") speaker = undefined;
    if (item.kind !== "text" || item.agent === speaker) continue;
    speaker = item.agent;
    ids.add(item.id);
  }
  return ids;
}

function Loading() {
  return (
    <p role="status" className="m-auto text-soft">
      Opening the chat…
    </p>
  );
}
