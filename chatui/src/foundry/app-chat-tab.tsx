import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { appQuery } from "../api/apps.ts";
import { useMe } from "../api/me.ts";
import type { OwnerLinks } from "../chat/chat-context.ts";
import { ChatHome } from "../chat/chat-home.tsx";
import type { ChatSearch } from "../chat/read-chat-search.ts";
import { buttonLook } from "../ui/button.tsx";
import { DraftApp } from "./draft-app.tsx";
import { useFoundrySite } from "./use-foundry-site.ts";

const LINK_LOOK = `${buttonLook("secondary", "small")} !h-8`;

/** The creator talks to their own app. */
export function AppChatTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const search = useSearch({ from: "/apps/$id/chat" });
  const navigate = useNavigate();
  const site = useFoundrySite();
  const me = useMe();
  const app = useQuery(appQuery(id));
  const onSearch = useCallback(
    (next: ChatSearch, how: "push" | "replace") =>
      void navigate({ to: "/apps/$id/chat", params: { id }, search: next, replace: how === "replace" }),
    [navigate, id],
  );
  const owner = useMemo<OwnerLinks>(
    () => ({
      limits: (
        <Link to="/apps/$id/limits" params={{ id }} className={LINK_LOOK}>
          Limits
        </Link>
      ),
      usage: (
        <Link to="/apps/$id/usage" params={{ id }} className={LINK_LOOK}>
          Usage
        </Link>
      ),
    }),
    [id],
  );
  if (!app.data || !me.data) return null;
  if (app.data.status !== "live") return <DraftApp app={app.data} />;
  return (
    <div className="flex min-h-80 flex-1 flex-col">
      <ChatHome
        enterpriseId={id}
        userId={me.data.user_id}
        appName={app.data.name}
        welcome={app.data.branding.welcome}
        suggestions={app.data.branding.suggestions}
        offlineModel={site.offline_model}
        owner={owner}
        search={search}
        onSearch={onSearch}
      />
    </div>
  );
}
