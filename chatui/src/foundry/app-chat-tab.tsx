import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { appQuery } from "../api/apps.ts";
import { useMe } from "../api/me.ts";
import { ChatHome } from "../chat/chat-home.tsx";
import type { ChatSearch } from "../chat/read-chat-search.ts";
import { DraftApp } from "./draft-app.tsx";
import { useFoundrySite } from "./use-foundry-site.ts";

/** The creator talks to their own app. */
export function AppChatTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const search = useSearch({ from: "/apps/$id/" });
  const navigate = useNavigate();
  const site = useFoundrySite();
  const me = useMe();
  const app = useQuery(appQuery(id));
  const onSearch = useCallback(
    (next: ChatSearch, how: "push" | "replace") =>
      void navigate({ to: "/apps/$id", params: { id }, search: next, replace: how === "replace" }),
    [navigate, id],
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
        search={search}
        onSearch={onSearch}
      />
    </div>
  );
}
