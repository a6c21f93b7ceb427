import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type LucideIcon, ThumbsDown, ThumbsUp } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { type ChatFilter, type TeamChat, teamChatsQuery } from "../api/team.ts";
import { humanise } from "../chat/humanise.ts";
import { moment } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ConversationFilters } from "./conversation-filters.tsx";
import { ListAndChat } from "./list-and-chat.tsx";
import { MoreButton } from "./more-button.tsx";
import { personName } from "./person-name.ts";

/** What the app's people have said, and what was done for it. */
export function AppConversationsTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const { chat } = useSearch({ from: "/apps/$id/conversations" });
  const navigate = useNavigate();
  const [filter, setFilter] = useState<ChatFilter>({});
  const open = (chosen: string | undefined) =>
    void navigate({ to: "/apps/$id/conversations", params: { id }, search: { chat: chosen } });
  return (
    <ListAndChat
      id={id}
      chat={chat}
      list={
        <>
          <ConversationFilters id={id} filter={filter} onChange={setFilter} />
          <List id={id} filter={filter} chosen={chat} onChoose={open} />
        </>
      }
      back="All conversations"
      hint="Choose a conversation to read it."
      onLeave={() => open(undefined)}
    />
  );
}

type ListProps = {
  id: string;
  filter: ChatFilter;
  chosen: string | undefined;
  onChoose: (chatId: string) => void;
};

function List({ id, filter, chosen, onChoose }: ListProps) {
  const chats = useInfiniteQuery(teamChatsQuery(id, useDeferredValue(filter)));
  if (chats.isPending)
    return (
      <div role="status" className="space-y-3 p-4">
        <span className="sr-only">Loading</span>
        <Skeleton className="h-16" />
        <Skeleton className="h-16" />
      </div>
    );
  if (chats.isError)
    return (
      <div className="p-4">
        <Problem error={chats.error} retry={() => void chats.refetch()} />
      </div>
    );
  const items = chats.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return (
      <div className="p-4">
        {Object.values(filter).some((it) => it !== undefined && it !== "") ? (
          <Empty title="Nothing fits">Try other words or filters.</Empty>
        ) : (
          <Empty title="No conversations yet">They appear here as soon as somebody chats.</Empty>
        )}
      </div>
    );
  return (
    <>
      <ul aria-label="Conversations" className="divide-y divide-line">
        {items.map((it) => (
          <li key={it.chat_id}>
            <Line it={it} chosen={it.chat_id === chosen} onChoose={() => onChoose(it.chat_id)} />
          </li>
        ))}
      </ul>
      <MoreButton list={chats} className="m-3" />
    </>
  );
}

function Line({ it, chosen, onChoose }: { it: TeamChat; chosen: boolean; onChoose: () => void }) {
  const { up, down } = it.thumbs;
  return (
    <button
      type="button"
      onClick={onChoose}
      aria-current={chosen || undefined}
      data-testid="conversation"
      className="block w-full space-y-0.5 px-4 py-3 text-left outline-offset-[-2px] hover:bg-sunken aria-[current]:bg-accent-wash"
    >
      <span className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate font-medium">{personName(it.person, it.user_id)}</span>
        <span className="shrink-0 text-xs text-soft">{moment(it.last_activity_at)}</span>
      </span>
      <span className="line-clamp-2 text-[0.95rem] break-words text-soft">
        {it.title ?? "Nothing was said yet"}
      </span>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1 pt-0.5 text-xs text-soft">
        {it.status === "waiting_for_team" && <Badge tone="warn">waits for you</Badge>}
        <span>
          {humanise(it.workflow_name)} · v{it.version}
        </span>
        {up > 0 && <Thumbs icon={ThumbsUp} label="liked" count={up} />}
        {down > 0 && <Thumbs icon={ThumbsDown} label="disliked" count={down} />}
      </span>
    </button>
  );
}

function Thumbs({ icon: Icon, label, count }: { icon: LucideIcon; label: string; count: number }) {
  return (
    <span className="inline-flex items-center gap-1">
      <Icon className="size-3.5" aria-hidden="true" />
      {count}
      <span className="sr-only"> {label}</span>
    </span>
  );
}
