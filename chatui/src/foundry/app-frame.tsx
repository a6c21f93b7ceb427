import { useQuery } from "@tanstack/react-query";
import { Outlet, useParams } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import type { App } from "#protocol/api/app";
import { appQuery } from "../api/apps.ts";
import { AppMark } from "../ui/mark.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { useTitle } from "../ui/use-title.ts";
import { MenuNav, SideNav, useOpenTab } from "./app-nav.tsx";
import { StatusBadge } from "./apps-page.tsx";
import { SignedIn } from "./signed-in.tsx";

/** One app: its name, where it lives, its pages. */
export function AppFrame() {
  return <SignedIn>{() => <Frame />}</SignedIn>;
}

function Frame() {
  const { id } = useParams({ from: "/apps/$id" });
  const app = useQuery(appQuery(id));
  const tab = useOpenTab(id);
  useTitle(`${tab ? `${tab.title} · ` : ""}${app.data?.name ?? "App"} · Mozaiks`);
  if (app.isPending) return <PageLoading />;
  if (app.isError)
    return (
      <div className="mx-auto w-full max-w-xl px-4 py-16">
        {app.error.message === "There is nothing here." ? (
          <Empty title="There is no such app">It may have been deleted.</Empty>
        ) : (
          <Problem error={app.error} retry={() => void app.refetch()} />
        )}
      </div>
    );
  const { can } = app.data;
  return (
    <div className="flex h-[calc(100dvh-4rem-1px)] flex-col">
      <AppLine app={app.data} />
      <MenuNav id={id} can={can} />
      <div className="flex min-h-0 flex-1">
        <SideNav id={id} can={can} />
        <div className="relative flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto">
          {tab && !can.includes(tab.needs) ? <NotForYou /> : <Outlet />}
        </div>
      </div>
    </div>
  );
}

function AppLine({ app }: { app: App }) {
  const { name, branding, status, url } = app;
  return (
    <div className="flex items-center gap-x-3 border-line px-4 py-3 sm:px-6 lg:border-b">
      <AppMark
        name={name}
        text={branding.logo_text}
        colour={branding.primary_color}
        logo={app.logo}
        className="!size-8 !rounded-lg"
      />
      <h1 className="min-w-0 truncate text-lg font-semibold">{name}</h1>
      <StatusBadge status={status} />
      {status === "live" && (
        <a
          href={url}
          target="_blank"
          rel="noopener"
          className="ml-auto inline-flex min-w-14 items-center gap-1.5 rounded-md text-sm text-soft underline-offset-4 hover:text-ink hover:underline"
        >
          <span className="truncate max-sm:sr-only">{new URL(url, location.href).host}</span>
          <span className="sm:hidden">Open</span>
          <ExternalLink className="size-3.5 shrink-0" aria-hidden="true" />
        </a>
      )}
    </div>
  );
}

function NotForYou() {
  return (
    <div className="mx-auto w-full max-w-xl px-4 py-16">
      <Empty title="Your role doesn’t include this page">An owner of the app can change your role.</Empty>
    </div>
  );
}
