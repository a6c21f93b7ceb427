import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { appQuery } from "../api/apps.ts";
import { teamChatQuery } from "../api/team.ts";
import { humanise } from "../chat/humanise.ts";
import { moment } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { Problem } from "../ui/notice.tsx";
import { OperatorBar } from "./operator-bar.tsx";
import { personName } from "./person-name.ts";
import { ReplayView } from "./replay-view.tsx";
import { Tabs } from "./tabs.tsx";
import { TraceView } from "./trace-view.tsx";
import { Transcript } from "./transcript.tsx";
import { useWatchedChat } from "./use-watched-chat.ts";

type View = "transcript" | "trace" | "replay";
/** `top`: what stands above the messages, such as a question to the team; `back` on a narrow page. */
type Props = { id: string; chatId: string; top?: ReactNode; back: ReactNode };

/** One conversation of the app's people: what was said, what was done for it, and what it would be on another version. */
export function ConversationView({ id, chatId, top, back }: Props) {
  const app = useQuery(appQuery(id));
  const chat = useQuery(teamChatQuery(id, chatId));
  const watched = useWatchedChat(id, chatId);
  const [view, setView] = useState<View>("transcript");
  const can = app.data?.can ?? [];
  const views: { value: View; label: string }[] = [
    { value: "transcript", label: "Conversation" },
    { value: "trace", label: "Trace" },
    ...(can.includes("replays.run") ? [{ value: "replay" as const, label: "Replay" }] : []),
  ];
  const { status } = watched;
  return (
    <section aria-label="Conversation" className="flex min-h-0 min-w-0 flex-1 flex-col">
      <header className="space-y-2 border-b border-line px-4 pt-3 sm:px-6">
        {back}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="min-w-0 truncate text-lg font-semibold">{chat.data?.title ?? "Without a title"}</h2>
          {chat.data && <Badge>version {chat.data.version}</Badge>}
          {watched.operator && <Badge tone="accent">{watched.operator.name} is here</Badge>}
        </div>
        {chat.data && (
          <p className="text-sm text-soft">
            {personName(chat.data.person, chat.data.user_id)}
            {chat.data.person?.email ? ` · ${chat.data.person.email}` : ""} ·{" "}
            {humanise(chat.data.workflow_name)} · {moment(chat.data.last_activity_at)}
          </p>
        )}
        <Tabs label="Parts of the conversation" all={views} value={view} onChange={setView} />
      </header>
      {chat.isError && (
        <div className="p-4">
          <Problem error={chat.error} retry={() => void chat.refetch()} />
        </div>
      )}
      {status.state === "closed" && (
        <div className="p-4">
          <Problem error={status.reason || "The conversation can’t be opened."} />
        </div>
      )}
      {view === "transcript" && (
        <>
          {top}
          <Transcript
            place={{ enterpriseId: id, chatId }}
            watched={watched}
            opinions={chat.data?.opinions ?? []}
          />
          {can.includes("chats.act") && (
            <OperatorBar
              key={chatId}
              id={id}
              chatId={chatId}
              operator={watched.operator}
              ended={status.state === "closed"}
            />
          )}
        </>
      )}
      {view !== "transcript" && (
        <div className="relative min-h-0 flex-1 overflow-y-auto px-4 py-5 sm:px-6">
          {view === "trace" && <TraceView frames={watched.frames} />}
          {view === "replay" && <ReplayView key={chatId} id={id} chatId={chatId} />}
        </div>
      )}
    </section>
  );
}
