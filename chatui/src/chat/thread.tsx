import { ArrowDown } from "lucide-react";
import { memo, type ReactNode, useEffect, useRef } from "react";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { useWords } from "../words/words.ts";
import { Announcer } from "./announcer.tsx";
import { RunningContext, type ThreadMarks } from "./chat-context.ts";
import type { ChatItem, NoticeItem, TextItem } from "./chat-state.ts";
import type { Passage } from "./citations.ts";
import { ErrorLine } from "./error-line.tsx";
import { ItemBoundary } from "./item-boundary.tsx";
import { Markdown } from "./markdown.tsx";
import { MessageActions } from "./message-actions.tsx";
import { noticeWords } from "./notice-words.ts";
import { WithSources } from "./sources.tsx";
import { ToolPart } from "./tool-part.tsx";
import { useFollow } from "./use-follow.ts";
import { UserMessage } from "./user-message.tsx";

type Props = {
  items: readonly ChatItem[];
  marks?: ThreadMarks;
  running: boolean;
  /** It is waited for a model that will be asked again. */
  modelBusy?: boolean;
  /** Stands below the last message and scrolls with it. */
  footer?: ReactNode;
  /** Whether the newest message is kept in view; a page may rather do so by itself. */
  follow?: boolean;
};

const NOTHING: readonly Passage[] = [];
const NO_MARKS: ThreadMarks = {
  opens: new Set(),
  agentTitle: (agent) => agent,
  cites: new Map(),
  lastAnswer: null,
  retry: null,
};

/** The messages of a chat, kept in view while they grow. What is out of view is not laid out. */
export function Thread({
  items,
  marks = NO_MARKS,
  running,
  modelBusy = false,
  footer,
  follow = true,
}: Props) {
  const words = useWords();
  const { box, content, away, toEnd } = useFollow(follow);
  const last = items.at(-1);
  const waits = running && !(last?.kind === "text" && last.streaming);
  // What the person says is looked at by them, wherever they were reading.
  const said = items.findLastIndex((item) => item.kind === "user");
  const before = useRef(said);
  useEffect(() => {
    if (follow && said > before.current) toEnd();
    before.current = said;
  }, [follow, said, toEnd]);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={box}
        data-scrolls
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        tabIndex={0}
        className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain outline-offset-[-2px]"
      >
        <div
          ref={content}
          // It grows by every token; what is said of it aloud, the announcer says once.
          role="log"
          aria-live="off"
          aria-busy={running}
          aria-label={words.messages}
          className="mx-auto w-full max-w-3xl space-y-4 px-4 py-6 sm:px-6"
        >
          <RunningContext value={running}>
            {items.map((item) => (
              <Item key={keyOf(item)} item={item} {...marksOf(item, marks)} />
            ))}
          </RunningContext>
          {waits && <Working modelBusy={modelBusy} />}
          {footer}
        </div>
      </div>
      {away && (
        <Button
          look="secondary"
          size="icon"
          onClick={toEnd}
          aria-label={words.toNewest}
          title={words.toNewest}
          className="absolute bottom-3 left-1/2 -translate-x-1/2 !rounded-full shadow-card"
        >
          <ArrowDown className="size-5" aria-hidden="true" />
        </Button>
      )}
      <Announcer items={items} running={running} />
    </div>
  );
}

function keyOf(item: ChatItem): string {
  return item.kind === "tool" ? item.key : `${item.kind}-${item.id}`;
}

type Marks = {
  title: string | null;
  passages: readonly Passage[];
  isLastAnswer: boolean;
  retry: (() => void) | null;
};

/** What of the marks is an item's own: it is drawn again for no other's. */
function marksOf(item: ChatItem, { opens, agentTitle, cites, lastAnswer, retry }: ThreadMarks): Marks {
  const isText = item.kind === "text";
  return {
    title: isText && item.agent && opens.has(item.id) ? agentTitle(item.agent) : null,
    passages: (isText && cites.get(item.id)) || NOTHING,
    isLastAnswer: isText && item.messageId !== undefined && item.messageId === lastAnswer,
    retry: item.kind === "error" && retry?.errorId === item.id ? retry.run : null,
  };
}

/** Drawn again when its own item changes, and not with every word of another one. */
const Item = memo(function Item({ item, ...marks }: { item: ChatItem } & Marks) {
  return (
    <div className="thread-item">
      <ItemBoundary>{shown(item, marks)}</ItemBoundary>
    </div>
  );
});

function shown(item: ChatItem, { retry, ...marks }: Marks): ReactNode {
  switch (item.kind) {
    case "user":
      return <UserMessage item={item} />;
    case "text":
      return <SpokenMessage item={item} {...marks} />;
    case "tool":
      return <ToolPart item={item} />;
    case "error":
      return <ErrorLine item={item} retry={retry} />;
    case "notice":
      return <Notice item={item} />;
  }
}

type SpokenProps = { item: TextItem } & Pick<Marks, "title" | "passages" | "isLastAnswer">;

function SpokenMessage({ item, title, passages, isLastAnswer }: SpokenProps) {
  const words = useWords();
  return (
    <article data-testid="message" data-role="assistant" className="group max-w-full animate-rise">
      {title !== null && (
        <p dir="auto" className="mb-1 text-sm font-medium text-accent-ink">
          {title}
        </p>
      )}
      <WithSources text={item.text} passages={passages}>
        <div className={classNames("leading-relaxed break-words", item.streaming && "streaming")}>
          <Markdown text={item.text} streaming={item.streaming} />
        </div>
      </WithSources>
      {item.messageId && !item.streaming && (
        <MessageActions messageId={item.messageId} text={item.text} isLast={isLastAnswer} />
      )}
      {item.interrupted && <p className="mt-1 text-sm text-soft">{words.cutShort}</p>}
    </article>
  );
}

function Notice({ item }: { item: NoticeItem }) {
  const words = useWords();
  return (
    <p className="flex items-center gap-3 text-sm text-soft before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      <bdi>{noticeWords(item, words)}</bdi>
    </p>
  );
}

function Working({ modelBusy }: { modelBusy: boolean }) {
  const words = useWords();
  return (
    <p role="status" className="flex min-h-7 items-center gap-1.5 text-soft">
      {!modelBusy && <span className="sr-only">{words.working}</span>}
      {[0, 1, 2].map((dot) => (
        <span
          key={dot}
          aria-hidden="true"
          className="size-2 animate-pulse rounded-full bg-accent"
          style={{ animationDelay: `${dot * 180}ms` }}
        />
      ))}
      {modelBusy && <span className="ms-1.5 text-sm">{words.modelBusy}</span>}
    </p>
  );
}
