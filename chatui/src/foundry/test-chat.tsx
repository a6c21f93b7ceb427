import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import type { AppDetail } from "#protocol/api/app";
import { startChat } from "../api/chats.ts";
import { ChatPanel } from "../chat/chat-panel.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";
import { useFoundrySite } from "./use-foundry-site.ts";

type Props = { app: AppDetail; workflow: string; userId: string; onClose: () => void };

/** A chat with the draft, if there is one, else with what is live; a new one for each version. */
export function TestChat({ app, workflow, userId, onClose }: Props) {
  const { enterprise_id: id, draft_version: draft, live_version: live } = app;
  const site = useFoundrySite();
  const version = draft ?? live;
  const opening = useQuery({
    queryKey: ["test-chat", id, workflow, version],
    queryFn: () =>
      startChat(id, workflow, {
        force_new: true,
        draft: draft !== null,
        client_request_id: `test-${id}-${workflow}-${version}`.slice(0, 128),
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <section
      aria-label="Test chat"
      className="flex min-h-112 w-full shrink-0 flex-col border-line max-lg:border-t lg:w-104 lg:border-l"
    >
      <div className="flex items-center gap-2 border-b border-line px-4 py-2">
        <h3 className="font-semibold">Test chat</h3>
        <Badge tone={draft === null ? "good" : "warn"}>
          {draft === null ? `live, version ${live}` : `draft, version ${draft}`}
        </Badge>
        <Button
          look="ghost"
          size="icon"
          className="ml-auto"
          aria-label="Close the test chat"
          onClick={onClose}
        >
          <X className="size-4" aria-hidden="true" />
        </Button>
      </div>
      {opening.isError && (
        <div className="p-4">
          <Problem error={opening.error} retry={() => void opening.refetch()} />
        </div>
      )}
      {opening.data && (
        <ChatPanel
          key={opening.data.chat_id}
          address={{ workflow, enterpriseId: id, chatId: opening.data.chat_id, userId }}
          placeholder={`Message ${app.name}`}
          offlineModel={site.offline_model}
          empty={() => (
            <p className="m-auto max-w-xs py-10 text-center text-soft">
              You talk as yourself, with the app’s own data. It counts like any other chat.
            </p>
          )}
        />
      )}
    </section>
  );
}
