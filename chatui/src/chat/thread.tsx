import {
  AssistantRuntimeProvider,
  MessagePrimitive,
  ThreadPrimitive,
  useAuiState,
  useExternalStoreRuntime,
} from "@assistant-ui/react";
import type { ReactNode } from "react";
import { classNames } from "../ui/class-names.ts";
import { useChatParts } from "./chat-context.ts";
import type { ChatItem, ErrorItem, NoticeItem, TextItem, ToolItem, UserItem } from "./chat-state.ts";
import type { Passage } from "./citations.ts";
import { ErrorLine } from "./error-line.tsx";
import { Markdown } from "./markdown.tsx";
import { MessageActions } from "./message-actions.tsx";
import { WithSources } from "./sources.tsx";
import { toThreadMessage } from "./to-thread-message.ts";
import { ToolPart } from "./tool-part.tsx";
import { UserMessage } from "./user-message.tsx";

type Props = {
  items: readonly ChatItem[];
  running: boolean;
  /** It is waited for a model that will be asked again. */
  modelBusy?: boolean;
  onSend: (text: string) => void;
  /** Stands below the last message and scrolls with it. */
  footer?: ReactNode;
  /** Whether the newest message is kept in view; a page may rather do so by itself. */
  follow?: boolean;
};

const NOTHING: readonly Passage[] = [];

/** The messages of a chat, kept in view while they grow. */
export function Thread({ items, running, modelBusy = false, onSend, footer, follow = true }: Props) {
  const runtime = useExternalStoreRuntime<ChatItem>({
    messages: items,
    convertMessage: toThreadMessage,
    isRunning: false,
    onNew: async (message) => {
      const first = message.content[0];
      if (first?.type === "text") onSend(first.text);
    },
  });
  const last = items.at(-1);
  const waits = running && !(last?.kind === "text" && last.streaming);
  return (
    <AssistantRuntimeProvider runtime={runtime}>
      <ThreadPrimitive.Root className="flex min-h-0 flex-1 flex-col">
        <ThreadPrimitive.Viewport
          autoScroll={follow}
          scrollToBottomOnInitialize={follow}
          scrollToBottomOnThreadSwitch={follow}
          data-scrolls
          className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain"
        >
          <div
            role="log"
            aria-live="polite"
            aria-relevant="additions text"
            aria-busy={running}
            aria-label="Messages"
            className="mx-auto flex min-h-full w-full max-w-3xl flex-col gap-4 px-4 py-6 sm:px-6"
          >
            <ThreadPrimitive.Messages components={{ UserMessage, AssistantMessage }} />
            {waits && <Working modelBusy={modelBusy} />}
            {footer}
          </div>
        </ThreadPrimitive.Viewport>
      </ThreadPrimitive.Root>
    </AssistantRuntimeProvider>
  );
}

function useItem<T extends ChatItem>(): T {
  return useAuiState((state) => state.message.metadata.custom.item) as T;
}

function AssistantMessage() {
  const item = useItem<Exclude<ChatItem, UserItem>>();
  if (item.kind === "text") return <SpokenMessage item={item} />;
  return (
    <MessagePrimitive.Root className="animate-rise">
      <MessagePrimitive.Parts
        components={{ data: { by_name: { tool: Tool, error: Failed, notice: Notice } } }}
      />
    </MessagePrimitive.Root>
  );
}

function SpokenMessage({ item }: { item: TextItem }) {
  const { opens, agentTitle, cites } = useChatParts();
  return (
    <MessagePrimitive.Root data-testid="message" data-role="assistant" className="max-w-full animate-rise">
      {item.agent && opens.has(item.id) && (
        <p className="mb-1 text-sm font-medium text-accent-ink">{agentTitle(item.agent)}</p>
      )}
      <WithSources text={item.text} passages={cites.get(item.id) ?? NOTHING}>
        <div className={classNames("leading-relaxed break-words", item.streaming && "streaming")}>
          <MessagePrimitive.Parts components={{ Text: Markdown }} />
        </div>
      </WithSources>
      {item.messageId && !item.streaming && <MessageActions messageId={item.messageId} />}
      {item.interrupted && <p className="mt-1 text-sm text-soft">This answer was cut short.</p>}
    </MessagePrimitive.Root>
  );
}

function Tool({ data }: { data: ToolItem }) {
  return <ToolPart item={data} />;
}

function Failed({ data }: { data: ErrorItem }) {
  return <ErrorLine item={data} />;
}

function Notice({ data }: { data: NoticeItem }) {
  return (
    <p className="flex items-center gap-3 text-sm text-soft before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      {data.text}
    </p>
  );
}

function Working({ modelBusy }: { modelBusy: boolean }) {
  return (
    <p role="status" className="flex min-h-7 items-center gap-1.5 text-soft">
      {!modelBusy && <span className="sr-only">Working on it</span>}
      {[0, 1, 2].map((dot) => (
        <span
          key={dot}
          aria-hidden="true"
          className="size-2 animate-pulse rounded-full bg-accent"
          style={{ animationDelay: `${dot * 180}ms` }}
        />
      ))}
      {modelBusy && <span className="ml-1.5 text-sm">The model is busy, trying again…</span>}
    </p>
  );
}
