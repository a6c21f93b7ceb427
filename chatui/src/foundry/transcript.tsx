import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useMemo } from "react";
import type { Opinion } from "#protocol/api/team";
import { type ChatPlace, teamAttachmentUrl } from "../api/attachments.ts";
import { ChatContext, type ChatParts, type ThreadMarks } from "../chat/chat-context.ts";
import type { ChatItem } from "../chat/chat-state.ts";
import { citationsOf } from "../chat/citations.ts";
import { humanise } from "../chat/humanise.ts";
import { Thread } from "../chat/thread.tsx";
import type { WatchedChat } from "./use-watched-chat.ts";

/** Whoever looks on answers no card of the person's. */
const ON_LOOKER: Omit<ChatParts, "fileUrl"> = {
  answer: () => {},
  own: null,
  owner: null,
  cards: {},
  connected: false,
};

type Props = { place: ChatPlace; watched: WatchedChat; opinions: readonly Opinion[] };

/** A conversation as the person who has it sees it, with nothing to press but the files that they sent. */
export function Transcript({ place, watched, opinions }: Props) {
  const { enterpriseId, chatId } = place;
  const { items, titles, running, modelBusy } = watched.chat;
  const marks = useMemo<ThreadMarks>(
    () => ({
      opens: firstTexts(items),
      agentTitle: (agent) => titles[agent] ?? humanise(agent),
      cites: citationsOf(items),
      lastAnswer: null,
      retry: null,
    }),
    [items, titles],
  );
  const parts = useMemo<ChatParts>(
    () => ({ ...ON_LOOKER, fileUrl: (file) => teamAttachmentUrl({ enterpriseId, chatId }, file) }),
    [enterpriseId, chatId],
  );
  return (
    <ChatContext value={parts}>
      <Thread
        items={items}
        marks={marks}
        running={running}
        modelBusy={modelBusy}
        footer={<Opinions all={opinions} />}
      />
    </ChatContext>
  );
}

/** Each text whose agent is another than before. */
function firstTexts(items: readonly ChatItem[]): Set<string> {
  const ids = new Set<string>();
  let named: string | undefined;
  for (const item of items) {
    if (item.kind === "user") named = undefined;
    if (item.kind !== "text" || item.agent === named) continue;
    named = item.agent;
    ids.add(item.id);
  }
  return ids;
}

function Opinions({ all }: { all: readonly Opinion[] }) {
  if (all.length === 0) return null;
  return (
    <section
      aria-label="What the person thinks"
      className="rounded-xl border border-line bg-sunken px-4 py-3"
    >
      <ul className="space-y-1.5 text-sm">
        {all.map((it) => (
          <li key={it.message_id} className="flex items-start gap-2">
            {it.value === "up" ? (
              <ThumbsUp className="mt-0.5 size-4 shrink-0 text-good" aria-label="Liked" />
            ) : (
              <ThumbsDown className="mt-0.5 size-4 shrink-0 text-bad" aria-label="Disliked" />
            )}
            <span className="min-w-0 break-words">
              {it.comment ?? <span className="text-soft">without a comment</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
