import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight, Inbox } from "lucide-react";
import { teamChatsQuery, waitsQuery } from "../api/team.ts";
import { moment } from "../ui/amounts.ts";
import { personName } from "./person-name.ts";

const MOST = 5;

/** Says that the team is waited for, and leads there; nothing while nobody waits. */
export function Waiting({ id }: { id: string }) {
  const waits = useQuery(waitsQuery(id));
  const count = waits.data?.items.length ?? 0;
  if (count === 0) return null;
  return (
    <Link
      to="/apps/$id/inbox"
      params={{ id }}
      className="flex items-center gap-3 rounded-2xl border border-accent/40 bg-accent-wash px-5 py-4 font-medium hover:border-accent"
    >
      <Inbox className="size-5 text-accent-ink" aria-hidden="true" />
      <span className="flex-1">
        {count}
        {waits.data?.next_cursor ? "+" : ""} {count === 1 ? "thing waits" : "things wait"} for your team
      </span>
      <ArrowRight className="size-4" aria-hidden="true" />
    </Link>
  );
}

/** Who chatted last, and what they began with. */
export function LatestChats({ id }: { id: string }) {
  const chats = useInfiniteQuery(teamChatsQuery(id, {}));
  const items = chats.data?.pages[0]?.items.slice(0, MOST) ?? [];
  if (items.length === 0) return <p className="text-soft">Nobody has chatted yet.</p>;
  return (
    <ul className="divide-y divide-line">
      {items.map((it) => (
        <li key={it.chat_id} className="relative py-3 first:pt-0">
          <Link
            to="/apps/$id/conversations"
            params={{ id }}
            search={{ chat: it.chat_id }}
            className="block truncate font-medium after:absolute after:inset-0"
          >
            {it.title ?? "Nothing was said yet"}
          </Link>
          <p className="truncate text-sm text-soft">
            {personName(it.person, it.user_id)} · {moment(it.last_activity_at)}
          </p>
        </li>
      ))}
    </ul>
  );
}
