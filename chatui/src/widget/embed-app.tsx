import { useCallback, useEffect, useLayoutEffect, useMemo, useSyncExternalStore } from "react";
import type { Client } from "../api/http.ts";
import type { AppSite } from "../branded/app-site.ts";
import { applyLook } from "../branded/look.ts";
import { ClientContext } from "../chat/client-context.ts";
import type { OpenChat } from "../chat/open-chat.ts";
import { CoreChat } from "../react/core-chat.tsx";
import type { Visitors } from "../react/visitors.ts";
import { applyBranding } from "../ui/apply-branding.ts";
import { later } from "../ui/later.tsx";
import { AppMark } from "../ui/mark.tsx";
import { Problem } from "../ui/notice.tsx";
import { useWords } from "../words/words.ts";
import type { EmbedStore } from "./embed-store.ts";

const EmbedSignIn = later(
  () => import("./embed-sign-in.tsx").then((it) => it.EmbedSignIn),
  ({ onClose }) => <Opening onClose={onClose} />,
);

type Props = { site: AppSite; visitors: Visitors; store: EmbedStore };

/** The chat in a frame of another site: for whoever the host page names, a guest, or who signs in here. */
export function EmbedApp({ site, visitors, store }: Props) {
  const words = useWords();
  const { open, waits } = useSyncExternalStore(store.subscribe, store.view);
  const { visitor, failed } = useSyncExternalStore(visitors.subscribe, visitors.state);
  const token = visitor?.token;
  // Another visitor has another client, so that nothing of the one before goes on.
  const client = useMemo<Client>(() => ({ base: "", token: async () => token ?? null }), [token]);
  useLayoutEffect(() => applyBranding(site.branding), [site.branding]);
  useLayoutEffect(() => applyLook(site.branding.theme ?? "auto"), [site.branding.theme]);
  useEffect(() => {
    if (open) toComposer();
  }, [open]);
  const watch = useCallback(
    (chat: OpenChat) => {
      if (store.view().open) toComposer();
      return store.watch(chat);
    },
    [store],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) store.close();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [store]);

  const { name, branding, logo } = site;
  const mark = <AppMark name={name} text={branding.logo_text} logo={logo} className="!size-8 !rounded-lg" />;
  if (site.status !== "live") return <Plain onClose={store.close}>{words.onABreak(site.name)}</Plain>;
  if (token === undefined && (waits || !open || (site.sign_in.guest && failed === null)))
    return <Opening onClose={store.close} />;
  if (token === undefined)
    return (
      <EmbedSignIn site={site} mark={mark} visitors={visitors} onClose={store.close}>
        {failed !== null && <Problem error={failed} />}
      </EmbedSignIn>
    );
  return (
    <ClientContext value={client}>
      <main className="flex h-dvh flex-col">
        <CoreChat
          key={token}
          enterpriseId={site.enterprise_id}
          appName={site.name}
          mark={mark}
          welcome={site.branding.welcome}
          suggestions={site.branding.suggestions}
          offlineModel={site.offline_model}
          watch={watch}
          onSignedOut={store.signedOut}
          onClose={store.close}
        />
      </main>
    </ClientContext>
  );
}

/** Where the visitor writes; unless they are at work elsewhere on the page that holds the frame. */
function toComposer() {
  if (document.hasFocus()) document.querySelector<HTMLElement>("[data-testid=composer]")?.focus();
}

function Opening({ onClose }: { onClose: () => void }) {
  return <Plain onClose={onClose}>{useWords().opening}</Plain>;
}

function Plain({ children, onClose }: { children: string | string[]; onClose: () => void }) {
  const words = useWords();
  return (
    <main className="grid h-dvh place-content-center gap-4 p-6 text-center">
      <p role="status" className="text-soft">
        {children}
      </p>
      <button type="button" onClick={onClose} className="text-sm text-soft underline underline-offset-4">
        {words.close}
      </button>
    </main>
  );
}
