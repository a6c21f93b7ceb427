import { Navigate, useNavigate, useSearch } from "@tanstack/react-router";
import { LogOut } from "lucide-react";
import { useCallback } from "react";
import { useMe, useSignOut } from "../api/me.ts";
import { ChatHome } from "../chat/chat-home.tsx";
import { type ChatSearch, readChatSearch } from "../chat/read-chat-search.ts";
import { Button } from "../ui/button.tsx";
import { AppMark } from "../ui/mark.tsx";
import { Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { useTitle } from "../ui/use-title.ts";
import { useAppSite } from "./use-app-site.ts";

/** The app as its users know it. */
export function BrandedChatPage() {
  const site = useAppSite();
  const me = useMe();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const search = readChatSearch(useSearch({ strict: false }) as Record<string, unknown>);
  useTitle(site.name);
  const onSearch = useCallback(
    (next: ChatSearch, how: "push" | "replace") =>
      void navigate({ to: "/", search: next as never, replace: how === "replace" }),
    [navigate],
  );
  if (me.isPending) return <PageLoading />;
  if (me.isError)
    return (
      <main className="mx-auto w-full max-w-xl px-4 py-16">
        <Problem error={me.error} retry={() => void me.refetch()} />
      </main>
    );
  if (!me.data) return <Navigate to="/sign-up" replace />;
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex h-14 shrink-0 items-center gap-3 border-b border-line px-4">
        <AppMark name={site.name} text={site.branding.logo_text} />
        <h1 className="min-w-0 flex-1 truncate text-lg font-semibold">{site.name}</h1>
        <span className="hidden max-w-44 truncate text-sm text-soft sm:block">
          {me.data.name || me.data.email}
        </span>
        <Button
          look="ghost"
          size="small"
          aria-label="Sign out"
          title="Sign out"
          onClick={() => void signOut()}
        >
          <LogOut className="size-4" aria-hidden="true" />
        </Button>
      </header>
      <main className="flex min-h-0 flex-1 flex-col">
        <ChatHome
          enterpriseId={site.enterprise_id}
          userId={me.data.user_id}
          appName={site.name}
          welcome={site.branding.welcome}
          suggestions={site.branding.suggestions}
          offlineModel={site.offline_model}
          search={search}
          onSearch={onSearch}
        />
      </main>
    </div>
  );
}
