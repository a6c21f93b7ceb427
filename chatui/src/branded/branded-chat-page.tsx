import { useCallback } from "react";
import type { Me } from "#protocol/api/me";
import { useSignOut } from "../api/me.ts";
import { ChatHome } from "../chat/chat-home.tsx";
import type { ChatSearch } from "../chat/read-chat-search.ts";
import { AppMark } from "../ui/mark.tsx";
import { useTitle } from "../ui/use-title.ts";
import type { AppSite } from "./app-site.ts";
import { PersonMenu } from "./person-menu.tsx";

type Props = {
  site: AppSite;
  me: Me;
  search: ChatSearch;
  go: (path: string, search?: ChatSearch, how?: "push" | "replace") => void;
};

/** The app as its users know it. */
export function BrandedChatPage({ site, me, search, go }: Props) {
  const signOut = useSignOut();
  useTitle(site.name);
  const onSearch = useCallback((next: ChatSearch, how: "push" | "replace") => go("/", next, how), [go]);
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex h-14 shrink-0 items-center gap-3 border-b border-line px-4">
        <AppMark name={site.name} text={site.branding.logo_text} logo={site.logo} />
        <h1 className="flex min-w-0 flex-1 text-lg font-semibold">
          <span dir="auto" className="truncate">
            {site.name}
          </span>
        </h1>
        <PersonMenu
          me={me}
          site={site}
          onAccount={() => go("/account")}
          onSignOut={() => void signOut().then(() => go("/sign-in", {}, "replace"))}
        />
      </header>
      {site.maintenance && (
        <p role="status" dir="auto" className="border-b border-line bg-accent-wash px-4 py-2 text-center">
          {site.maintenance}
        </p>
      )}
      <main className="flex min-h-0 flex-1 flex-col">
        <ChatHome
          enterpriseId={site.enterprise_id}
          userId={me.user_id}
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
