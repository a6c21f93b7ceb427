import { lazy, Suspense, useEffect, useLayoutEffect } from "react";
import { useMe } from "../api/me.ts";
import { applyBranding } from "../ui/apply-branding.ts";
import { Button } from "../ui/button.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { PageBoundary } from "../ui/page-boundary.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { useTitle } from "../ui/use-title.ts";
import { useWords } from "../words/words.ts";
import type { AppSite } from "./app-site.ts";
import { BrandedSignPage, modeOf } from "./branded-sign-page.tsx";
import { keepShell } from "./keep-shell.ts";
import { applyLook, useLook } from "./look.ts";
import { useLanguage } from "./use-language.ts";
import { usePlace } from "./use-place.ts";

const BrandedChatPage = lazy(() =>
  import("./branded-chat-page.tsx").then((page) => ({ default: page.BrandedChatPage })),
);

const AccountPage = lazy(() =>
  import("../ui/account-page.tsx").then((page) => ({ default: page.AccountPage })),
);

/** One app's own site, for its end users: its name, its colours, its agents. */
export default function BrandedApp({ site }: { site: AppSite }) {
  const [look] = useLook(site.branding.theme);
  const ready = useLanguage(site.branding.language);
  useLayoutEffect(() => applyBranding(site.branding), [site.branding]);
  useLayoutEffect(() => applyLook(look), [look]);
  useEffect(keepShell, []);
  if (!ready) return <PageLoading />;
  return (
    <PageBoundary>{site.status === "live" ? <Pages site={site} /> : <NotLive site={site} />}</PageBoundary>
  );
}

function Pages({ site }: { site: AppSite }) {
  const { sign } = useWords();
  const { path, search, go } = usePlace();
  const me = useMe();
  if (me.isPending) return <PageLoading />;
  if (me.isError)
    return (
      <main className="mx-auto w-full max-w-xl px-4 py-16">
        <Problem error={me.error} retry={() => void me.refetch()} />
      </main>
    );
  if (!me.data) return <BrandedSignPage key={path} site={site} mode={modeOf(path)} go={go} />;
  if (path === "/sign-in/link" || path === "/reset-password")
    return <BrandedSignPage site={site} mode={modeOf(path)} go={go} />;
  if (path === "/account")
    return (
      <Suspense fallback={<PageLoading />}>
        <AccountPage me={me.data} ways={site.sign_in} />
        <div className="mx-auto w-full max-w-xl px-4">
          <Button look="secondary" onClick={() => go("/")}>
            {sign.backTo(site.name)}
          </Button>
        </div>
      </Suspense>
    );
  return (
    <Suspense fallback={<PageLoading />}>
      <BrandedChatPage site={site} me={me.data} search={search} go={go} />
    </Suspense>
  );
}

function NotLive({ site }: { site: AppSite }) {
  const words = useWords();
  useTitle(site.name);
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-xl content-center px-4 py-16">
      <h1 className="sr-only">{site.name}</h1>
      <Empty title={site.status === "draft" ? words.beingBuilt(site.name) : words.onABreak(site.name)}>
        {site.status === "draft" ? words.opensSoon : words.comeBack}
      </Empty>
    </main>
  );
}
