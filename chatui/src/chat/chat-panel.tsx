import {
  type ComponentType,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
} from "react";
import type { Attachment } from "#protocol/attachment";
import { attachmentUrl, sendAttachment } from "../api/attachments.ts";
import { later } from "../ui/later.tsx";
import { useWords } from "../words/words.ts";
import { BudgetNoticeLine } from "./budget-notice-line.tsx";
import { ChatContext, type ChatParts, type OwnerLinks, type ThreadMarks } from "./chat-context.ts";
import type { BudgetAlert, ChatItem, ToolItem } from "./chat-state.ts";
import { ChatUsageLine } from "./chat-usage-line.tsx";
import { citationsOf } from "./citations.ts";
import { ClientContext } from "./client-context.ts";
import { Composer, type ComposerHandle } from "./composer.tsx";
import { ConnectionLine } from "./connection-line.tsx";
import { humanise } from "./humanise.ts";
import type { OpenChat } from "./open-chat.ts";
import type { SendFile } from "./use-attachments.ts";
import { useOpenChat } from "./use-open-chat.ts";
import { useSettled } from "./use-settled.ts";

type Props = {
  address: { workflow: string; enterpriseId: string; chatId: string; userId: string };
  /** Shown while nothing has been said; gets the function that says something. */
  empty: (say: (text: string) => void) => ReactNode;
  placeholder: string;
  offlineModel: boolean;
  /** A run has ended: what is known about the chat elsewhere is out of date. */
  onRan?: () => void;
  cards?: Record<string, ComponentType<{ item: ToolItem }>>;
  owner?: OwnerLinks;
  /** Is shown the chat as long as it is open; what it returns ends that. */
  watch?: (chat: OpenChat) => () => void;
};

const NO_CARDS = {};

// The thread is most of a chat's code. A new chat is ready to be written in before it has come.
const loadThread = () => import("./thread.tsx").then((it) => it.Thread);
const Thread = later(loadThread, <div className="flex-1" />);

/** One chat: its messages, its state, and where to write. */
export function ChatPanel({ address, empty, placeholder, onRan, cards = NO_CARDS, ...props }: Props) {
  const { offlineModel, owner, watch } = props;
  const client = useContext(ClientContext);
  const { open, view } = useOpenChat(address);
  useEffect(() => (open ? watch?.(open) : undefined), [open, watch]);
  const { chat, status } = view;
  const { items, titles, running, runsEnded } = chat;

  useEffect(() => {
    void loadThread();
  }, []);

  // Counted, for a run may begin and end between two drawings.
  const told = useRef(0);
  useEffect(() => {
    if (told.current === runsEnded) return;
    told.current = runsEnded;
    onRan?.();
  }, [runsEnded, onRan]);

  const composer = useRef<ComposerHandle>(null);
  const say = useCallback((text: string, files?: Attachment[]) => open?.send(text, files), [open]);
  const { enterpriseId, chatId } = address;
  const place = useMemo(() => ({ enterpriseId, chatId }), [enterpriseId, chatId]);
  const sendFile = useCallback<SendFile>(
    (file, onProgress, signal) => sendAttachment(file, place, onProgress, signal, client),
    [place, client],
  );
  // What else is made of the items does not change while one only grows.
  const settled = useSettled(items);
  const lastSaid = settled.findLast((item) => item.kind === "user")?.text;
  const last = settled.at(-1);
  const connected = status.state === "open";
  const own = useMemo<ChatParts["own"]>(
    () => ({
      resend: (id) => open?.resend(id),
      edit({ clientId, text, attachments }) {
        open?.discard(clientId);
        composer.current?.take(text, attachments);
      },
      discard: (id) => open?.discard(id),
      rewrite: (id, text) => open?.edit(id, text),
      regenerate: (id) => open?.regenerate(id),
      rate: (id, value) => open?.rate(id, value),
    }),
    [open],
  );
  const parts = useMemo<ChatParts>(
    () => ({
      answer: (id, response) => open?.answer(id, response),
      own,
      owner: owner ?? null,
      cards,
      connected,
      // A link carries no token.
      fileUrl: client.token ? null : (id) => attachmentUrl(place, id),
    }),
    [open, own, owner, cards, connected, place, client],
  );
  const marks = useMemo<ThreadMarks>(
    () => ({
      opens: openings(settled),
      agentTitle: (agent) => titles[agent] ?? humanise(agent),
      cites: citationsOf(settled),
      lastAnswer: running || last?.kind !== "text" ? null : (last.messageId ?? null),
      retry:
        last?.kind === "error" && lastSaid !== undefined && !running
          ? { errorId: last.id, run: () => say(lastSaid) }
          : null,
    }),
    [last, lastSaid, running, titles, settled, say],
  );

  return (
    <ChatContext value={parts}>
      <div className="flex min-h-0 flex-1 flex-col">
        {items.length === 0 ? (
          <div className="mx-auto flex min-h-0 w-full max-w-3xl flex-1 flex-col overflow-y-auto px-4 sm:px-6">
            {chat.caughtUp ? empty(say) : status.state !== "closed" && <Loading />}
          </div>
        ) : (
          <Thread items={items} marks={marks} running={running} modelBusy={chat.modelBusy} />
        )}
        <div className="mx-auto w-full max-w-3xl px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6">
          <ConnectionLine status={status} onRetry={() => open?.reconnect()} />
          <BudgetNoticeLine
            {...address}
            alerts={notSaidBy(last, chat.alerts)}
            serverAheadMs={view.serverAheadMs}
            limits={owner?.limits}
          />
          <Composer
            ref={composer}
            running={running}
            placeholder={placeholder}
            sendFile={sendFile}
            onSend={say}
            onStop={() => open?.cancel()}
          />
          <ChatUsageLine usage={chat.usage} offlineModel={offlineModel} />
        </div>
      </div>
    </ChatContext>
  );
}

/** Alerts but for the one whose limit the last error has just named. */
function notSaidBy(last: ChatItem | undefined, alerts: readonly BudgetAlert[]): readonly BudgetAlert[] {
  return last?.kind === "error" ? alerts.filter(({ scope }) => scope !== last.scope) : alerts;
}

/** The ids of texts whose agent is to be named: the first after the person spoke, unless a notice just named it. */
function openings(items: readonly ChatItem[]): Set<string> {
  const ids = new Set<string>();
  let named: string | undefined;
  items.forEach((item, index) => {
    if (item.kind === "user") named = undefined;
    if (item.kind !== "text" || item.agent === named) return;
    named = item.agent;
    if (items[index - 1]?.kind !== "notice") ids.add(item.id);
  });
  return ids;
}

function Loading() {
  const words = useWords();
  return (
    <p role="status" className="m-auto text-soft">
      {words.opening}
    </p>
  );
}
