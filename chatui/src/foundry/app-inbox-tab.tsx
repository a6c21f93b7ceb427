import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { CircleCheck, Headset, ShieldQuestion } from "lucide-react";
import { type TeamWaitView, waitsQuery } from "../api/team.ts";
import { humanise } from "../chat/humanise.ts";
import { moment } from "../ui/amounts.ts";
import { Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { ApprovalPanel } from "./approval-panel.tsx";
import { ListAndChat } from "./list-and-chat.tsx";

/** What waits for somebody of the team: calls to approve, and people who ask for a human. */
export function AppInboxTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const { chat } = useSearch({ from: "/apps/$id/inbox" });
  const navigate = useNavigate();
  const waits = useQuery(waitsQuery(id));
  const open = (chosen: string | undefined) =>
    void navigate({ to: "/apps/$id/inbox", params: { id }, search: { chat: chosen } });
  if (waits.isPending) return <PageLoading />;
  const items = waits.data?.items ?? [];
  return (
    <ListAndChat
      id={id}
      chat={chat}
      list={
        <>
          <div className="border-b border-line px-4 py-4">
            <h2 className="text-lg font-semibold">Inbox</h2>
            <p role="status" className="text-sm text-soft">
              {items.length === 0
                ? "Nothing waits."
                : `${items.length}${waits.data?.next_cursor ? "+" : ""} waiting`}
            </p>
          </div>
          {waits.isError && (
            <div className="p-4">
              <Problem error={waits.error} retry={() => void waits.refetch()} />
            </div>
          )}
          {items.length === 0 && !waits.isError && <AllDone />}
          <ul aria-label="What waits" className="divide-y divide-line">
            {items.map((it) => (
              <li key={`${it.chat_id}/${it.tool_call_id}`}>
                <Line it={it} chosen={it.chat_id === chat} onChoose={() => open(it.chat_id)} />
              </li>
            ))}
          </ul>
        </>
      }
      top={items
        .filter((it) => it.chat_id === chat && it.kind === "approval")
        .map((it) => <ApprovalPanel key={it.tool_call_id} id={id} wait={it} />)}
      back="Inbox"
      hint={items.length === 0 ? "" : "Choose what to look at."}
      onLeave={() => open(undefined)}
    />
  );
}

function AllDone() {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-14 text-center">
      <CircleCheck className="size-8 text-good" aria-hidden="true" />
      <p className="font-medium">Nothing waits for you</p>
      <p className="text-sm text-soft">
        Calls that need the team’s yes, and people who ask for a human, appear here by themselves.
      </p>
    </div>
  );
}

type LineProps = { it: TeamWaitView; chosen: boolean; onChoose: () => void };

function Line({ it, chosen, onChoose }: LineProps) {
  const Icon = it.kind === "approval" ? ShieldQuestion : Headset;
  const { title, message } = it.payload;
  const text = typeof message === "string" && message ? message : title;
  return (
    <button
      type="button"
      onClick={onChoose}
      aria-current={chosen || undefined}
      data-testid="waiting"
      className="flex w-full gap-3 px-4 py-3 text-left outline-offset-[-2px] hover:bg-sunken aria-[current]:bg-accent-wash"
    >
      <Icon className="mt-0.5 size-5 shrink-0 text-accent-ink" aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{it.kind === "approval" ? "Approval" : "Asks for a human"}</span>
        <span className="line-clamp-2 block text-[0.95rem] break-words text-soft">
          {typeof text === "string" ? text : humanise(it.tool_name)}
        </span>
        <span className="block pt-0.5 text-xs text-soft">
          {humanise(it.workflow_name)} · since {moment(it.created_at)}
        </span>
        {it.expires_at && (
          <span className="block text-xs font-medium text-warn">until {moment(it.expires_at)}</span>
        )}
      </span>
    </button>
  );
}
