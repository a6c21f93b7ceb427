import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useParams } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import { appQuery } from "../api/apps.ts";
import { Empty, Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { useTitle } from "../ui/use-title.ts";
import { StatusBadge } from "./apps-page.tsx";
import { SignedIn } from "./signed-in.tsx";

const TABS = [
  { to: "/apps/$id", label: "Chat" },
  { to: "/apps/$id/workflows", label: "Workflows" },
  { to: "/apps/$id/versions", label: "Versions" },
  { to: "/apps/$id/usage", label: "Usage" },
  { to: "/apps/$id/domains", label: "Domains" },
  { to: "/apps/$id/webhooks", label: "Webhooks" },
  { to: "/apps/$id/keys", label: "API keys" },
  { to: "/apps/$id/settings", label: "Settings" },
] as const;

/** One app: its name, where it lives, and its tabs. */
export function AppFrame() {
  return <SignedIn>{() => <Frame />}</SignedIn>;
}

function Frame() {
  const { id } = useParams({ from: "/apps/$id" });
  const app = useQuery(appQuery(id));
  useTitle(`${app.data?.name ?? "App"} · Mozaiks`);
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
  return (
    <div className="flex h-[calc(100dvh-4rem-1px)] flex-col">
      <div className="border-b border-line">
        <div className="mx-auto w-full max-w-6xl px-4 pt-3 sm:px-6 sm:pt-5">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="text-2xl font-semibold">{app.data.name}</h1>
            <StatusBadge status={app.data.status} />
            {app.data.status === "live" && (
              <a
                href={app.data.url}
                target="_blank"
                rel="noopener"
                className="inline-flex items-center gap-1.5 rounded-md text-sm text-soft underline-offset-4 hover:text-ink hover:underline"
              >
                {new URL(app.data.url, location.href).host}
                <ExternalLink className="size-3.5" aria-hidden="true" />
              </a>
            )}
          </div>
          <nav aria-label="App" className="-mb-px mt-1 flex gap-1 sm:mt-3 overflow-x-auto">
            {TABS.map((tab) => (
              <Link
                key={tab.to}
                to={tab.to}
                params={{ id }}
                activeOptions={{ exact: true, includeSearch: false }}
                className="border-b-2 border-transparent px-3 py-2.5 font-medium whitespace-nowrap text-soft outline-offset-[-2px] hover:text-ink"
                activeProps={{ className: "!border-accent !text-ink" }}
              >
                {tab.label}
              </Link>
            ))}
          </nav>
        </div>
      </div>
      <div className="relative flex min-h-0 flex-1 flex-col overflow-y-auto">
        <Outlet />
      </div>
    </div>
  );
}
