import { useEffect, useLayoutEffect } from "react";
import { keptToken, readToken } from "../api/kept-token.ts";
import { useMe } from "../api/me.ts";
import { applyBranding } from "../ui/apply-branding.ts";
import { Button } from "../ui/button.tsx";
import { later } from "../ui/later.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { PageBoundary } from "../ui/page-boundary.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { useTitle } from "../ui/use-title.ts";
import { useWords } from "../words/words.ts";
import type { AppSite } from "./app-site.ts";
import { BrandedChatPage } from "./branded-chat-page.tsx";
import { keepShell } from "./keep-shell.ts";
import { applyLook, useLook } from "./look.ts";
import { useLanguage } from "./use-language.ts";
import { usePlace } from "./use-place.ts";

// Most who come are signed in.
const BrandedSignPage = later(
  () => import("./branded-sign-page.tsx").then((page) => page.BrandedSignPage),
  <PageLoading />,
);
const JoinPage = later(() => import("./join-page.tsx").then((page) => page.JoinPage), <PageLoading />);
const NotAdmitted = later(() => import("./join-page.tsx").then((page) => page.NotAdmitted), <PageLoading />);
const AccountPage = later(() => import("../ui/account-page.tsx").then((page) => page.AccountPage));

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
  // What the link holds is kept before anything else: it goes along with a sign-up.
  if (path === "/join") keptToken("mozaiks.join");
  if (!me.data) return <BrandedSignPage key={path} site={site} at={path} go={go} />;
  if (path === "/sign-in/link" || path === "/reset-password")
    return <BrandedSignPage site={site} at={path} go={go} />;
  if (path === "/join" || (me.data.admitted === false && readToken("mozaiks.join")))
    return <JoinPage site={site} go={go} />;
  if (me.data.admitted === false) return <NotAdmitted site={site} />;
  if (path === "/account")
    return (
      <>
        <AccountPage me={me.data} ways={site.sign_in} />
        <div className="mx-auto w-full max-w-xl px-4">
          <Button look="secondary" onClick={() => go("/")}>
            {sign.backTo(site.name)}
          </Button>
        </div>
      </>
    );
  return <BrandedChatPage site={site} me={me.data} search={search} go={go} />;
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
