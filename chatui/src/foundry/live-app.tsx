import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import type { AppDetail } from "#protocol/api/app";
import { startChat } from "../api/chats.ts";
import { workflowsQuery } from "../api/workflows.ts";
import { ChatPanel } from "../chat/chat-panel.tsx";
import { ChatWelcome } from "../chat/chat-welcome.tsx";
import { AppMark } from "../ui/mark.tsx";
import { Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { useFoundrySite } from "./use-foundry-site.ts";

type Props = { app: AppDetail; userId: string };

/** The app as it is live now, to talk with, in a chat of its own for each version. */
export function LiveApp({ app, userId }: Props) {
  const { enterprise_id: id, live_version: version, name, branding, url } = app;
  const site = useFoundrySite();
  const workflows = useQuery(workflowsQuery(id));
  const entry = workflows.data?.[0];
  const opening = useQuery({
    queryKey: ["beside", id, version, entry?.name],
    queryFn: () =>
      startChat(id, entry?.name ?? "", { force_new: true, client_request_id: `beside-${id}-${version}` }),
    enabled: entry !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const problem = workflows.error ?? opening.error;
  return (
    <section aria-label={`${name}, live`} data-testid="live-app" className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-2.5 border-b border-line px-4 py-2.5">
        <AppMark
          name={name}
          text={branding.logo_text}
          colour={branding.primary_color}
          logo={app.logo}
          className="!size-7 !rounded-lg"
        />
        <h2 className="min-w-0 truncate font-semibold">{name}</h2>
        <span className="text-sm whitespace-nowrap text-soft">version {version}</span>
        <Link
          to="/apps/$id"
          params={{ id }}
          className="ml-auto text-sm font-medium whitespace-nowrap text-accent-ink underline-offset-4 hover:underline"
        >
          Manage
        </Link>
        <a
          href={url}
          target="_blank"
          rel="noopener"
          aria-label="Open its address"
          title={new URL(url, location.href).host}
          className="grid size-8 place-items-center rounded-lg text-soft hover:bg-sunken hover:text-ink"
        >
          <ExternalLink className="size-4" aria-hidden="true" />
        </a>
      </div>
      {problem && (
        <div className="p-4">
          <Problem error={problem} />
        </div>
      )}
      {entry && opening.data ? (
        <ChatPanel
          key={opening.data.chat_id}
          address={{ workflow: entry.name, enterpriseId: id, chatId: opening.data.chat_id, userId }}
          placeholder={`Message ${name}`}
          offlineModel={site.offline_model}
          empty={(say) => (
            <ChatWelcome
              workflow={entry}
              welcome={branding.welcome}
              suggestions={branding.suggestions}
              onSay={say}
            />
          )}
        />
      ) : (
        !problem && <PageLoading />
      )}
    </section>
  );
}
