import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ExternalLink, Plus } from "lucide-react";
import type { App } from "#protocol/api/app";
import { appsQuery } from "../api/apps.ts";
import { ownerWorkflowsQuery } from "../api/workflows.ts";
import { Badge } from "../ui/badge.tsx";
import { buttonLook } from "../ui/button.tsx";
import { AppMark } from "../ui/mark.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useTitle } from "../ui/use-title.ts";
import { SignedIn } from "./signed-in.tsx";

export function AppsPage() {
  useTitle("My apps · Mozaiks");
  return <SignedIn>{() => <Apps />}</SignedIn>;
}

function Apps() {
  const apps = useQuery(appsQuery);
  return (
    <div className="mx-auto w-full max-w-5xl px-4 py-10 sm:px-6">
      <div className="mb-7 flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-3xl font-semibold">My apps</h1>
        <Link to="/new" className={buttonLook()}>
          <Plus className="size-4" aria-hidden="true" />
          New app
        </Link>
      </div>
      {apps.isPending && (
        <div role="status" className="space-y-3">
          <span className="sr-only">Loading your apps</span>
          <Skeleton className="h-24" />
          <Skeleton className="h-24" />
        </div>
      )}
      {apps.isError && <Problem error={apps.error} retry={() => void apps.refetch()} />}
      {apps.data?.items.length === 0 && (
        <Empty title="No apps yet">
          <p className="mb-5">Describe one in a sentence and watch it being built.</p>
          <Link to="/new" className={buttonLook("primary")}>
            Build your first app
          </Link>
        </Empty>
      )}
      <ul className="space-y-3">
        {apps.data?.items.map((app) => (
          <AppRow key={app.enterprise_id} app={app} />
        ))}
      </ul>
    </div>
  );
}

function AppRow({ app }: { app: App }) {
  const live = app.status === "live";
  const workflows = useQuery({ ...ownerWorkflowsQuery(app.enterprise_id), enabled: live });
  const count = workflows.data?.workflows.length;
  return (
    <li className="relative flex flex-wrap items-center gap-x-4 gap-y-3 rounded-2xl border border-line bg-surface p-4 transition hover:border-edge/70 hover:shadow-card sm:p-5">
      <AppMark
        name={app.name}
        text={app.branding.logo_text}
        colour={app.branding.primary_color}
        logo={app.logo}
        className="size-11"
      />
      <div className="min-w-0 flex-1 basis-56">
        <div className="flex flex-wrap items-center gap-2.5">
          <Link
            to="/apps/$id"
            params={{ id: app.enterprise_id }}
            className="text-lg font-semibold after:absolute after:inset-0 after:rounded-2xl"
          >
            {app.name}
          </Link>
          <StatusBadge status={app.status} />
        </div>
        <p className="mt-0.5 line-clamp-1 text-soft">{app.description || "No description yet"}</p>
      </div>
      <div className="flex items-center gap-4 text-sm text-soft">
        {count !== undefined && (
          <span>
            {count} {count === 1 ? "workflow" : "workflows"}
          </span>
        )}
        {live && (
          <a
            href={app.url}
            target="_blank"
            rel="noopener"
            className="relative z-10 inline-flex items-center gap-1.5 rounded-lg font-medium text-accent-ink underline-offset-4 hover:underline"
          >
            Open
            <ExternalLink className="size-3.5" aria-hidden="true" />
          </a>
        )}
      </div>
    </li>
  );
}

export function StatusBadge({ status }: { status: App["status"] }) {
  return <Badge tone={status === "live" ? "good" : "plain"}>{status}</Badge>;
}
