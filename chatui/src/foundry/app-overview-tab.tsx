import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { ArrowRight, CircleCheck, MessageCircle } from "lucide-react";
import type { ReactNode } from "react";
import type { AppDetail } from "#protocol/api/app";
import { appQuery } from "../api/apps.ts";
import { useLiveUsage } from "../api/usage.ts";
import { versionsQuery } from "../api/versions.ts";
import { ownerWorkflowsQuery } from "../api/workflows.ts";
import { moment, money, tokens } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { buttonLook } from "../ui/button.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { APP_TABS } from "./app-tabs.ts";
import { DraftApp } from "./draft-app.tsx";
import { LatestChats, Waiting } from "./overview-people.tsx";
import { useDoneSteps } from "./use-done-steps.ts";

/** An app at a glance: what it does, what it used this month, what changed last, and where to go next. */
export function AppOverviewTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const app = useQuery(appQuery(id));
  if (!app.data) return null;
  if (app.data.live_version === null) return <DraftApp app={app.data} />;
  return <Overview app={app.data} />;
}

function Overview({ app }: { app: AppDetail }) {
  const id = app.enterprise_id;
  return (
    <div className="mx-auto w-full max-w-5xl space-y-10 px-4 py-8 sm:px-6">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="max-w-2xl">
          <h2 className="text-xl font-semibold">Overview</h2>
          <p className="mt-1 text-soft">{app.description}</p>
        </div>
        <Link to="/apps/$id/chat" params={{ id }} className={buttonLook("primary")}>
          <MessageCircle className="size-4.5" aria-hidden="true" />
          Chat with it
        </Link>
      </div>
      {app.can.includes("chats.read") && <Waiting id={id} />}
      {app.can.includes("money.read") && <ThisMonth id={id} />}
      <div className="grid gap-10 md:grid-cols-2">
        {app.can.includes("chats.read") && (
          <Part
            title="Latest conversations"
            link={<TabLink id={id} to="/apps/$id/conversations" label="Conversations" />}
          >
            <LatestChats id={id} />
          </Part>
        )}
        <WhatItDoes id={id} />
        <LastChanges id={id} />
      </div>
      <Next app={app} />
    </div>
  );
}

function ThisMonth({ id }: { id: string }) {
  const { usage, status } = useLiveUsage(id);
  if (!usage) return status.state === "closed" ? null : <Skeleton className="h-36" />;
  const { totals, balance_nano, by_user, more } = usage;
  return (
    <Part title="This month" link={<TabLink id={id} to="/apps/$id/usage" label="Usage" />}>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-2xl border border-line bg-line sm:grid-cols-4">
        <Figure label="Tokens" testId="total-tokens">
          {tokens(totals.total_tokens)}
        </Figure>
        <Figure label="Cost">{money(totals.cost_nano)}</Figure>
        <Figure label="People">{more.includes("by_user") ? "100+" : by_user.length}</Figure>
        <Figure label="Balance">{money(balance_nano)}</Figure>
      </dl>
    </Part>
  );
}

type FigureProps = { label: string; testId?: string; children: ReactNode };

function Figure({ label, testId, children }: FigureProps) {
  return (
    <div className="bg-surface px-5 py-4">
      <dt className="text-sm text-soft">{label}</dt>
      <dd data-testid={testId} className="mt-0.5 text-2xl font-semibold">
        {children}
      </dd>
    </div>
  );
}

function WhatItDoes({ id }: { id: string }) {
  const workflows = useQuery(ownerWorkflowsQuery(id));
  return (
    <Part title="What it does" link={<TabLink id={id} to="/apps/$id/workflows" label="Workflows" />}>
      <ul className="divide-y divide-line">
        {workflows.data?.workflows.map((it) => (
          <li key={it.workflow_name} className="py-3 first:pt-0">
            <p className="flex flex-wrap items-center gap-2 font-medium">
              {it.title} {it.entry_point && <Badge tone="accent">starts here</Badge>}
            </p>
            <p className="mt-0.5 line-clamp-2 text-[0.95rem] text-soft">{it.description}</p>
          </li>
        ))}
      </ul>
    </Part>
  );
}

const MOST_CHANGES = 4;

function LastChanges({ id }: { id: string }) {
  const versions = useQuery(versionsQuery(id));
  return (
    <Part title="Last changes" link={<TabLink id={id} to="/apps/$id/versions" label="Versions" />}>
      <ul className="divide-y divide-line">
        {versions.data?.items.slice(0, MOST_CHANGES).map((it) => (
          <li key={it.version} className="py-3 first:pt-0">
            <p className="flex flex-wrap items-center gap-2 font-medium">
              Version {it.version} {it.status === "live" && <Badge tone="good">live</Badge>}
              {it.status === "draft" && <Badge tone="warn">waits to be published</Badge>}
            </p>
            <p className="mt-0.5 line-clamp-2 text-[0.95rem] text-soft">{it.note}</p>
            <p className="text-sm text-soft">{moment(it.at)}</p>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** What most owners do once an app is live, of the pages that there are for this person. */
const NEXT: Record<string, string> = {
  "Test chat": "Try it: talk with it as its people will.",
  Look: "Give it your logo, your colours and your words.",
  Domains: "Let people reach it at a name of your own.",
  People: "Invite your team, and see who uses it.",
  Embed: "Put it on your own site.",
  Knowledge: "Give its agents your own files to cite.",
  "Limits & budgets": "Say what it may spend.",
  "API keys": "Call it from your own programs.",
};

function Next({ app }: { app: AppDetail }) {
  const tabs = APP_TABS.filter((tab) => tab.title in NEXT && app.can.includes(tab.needs));
  const done = useDoneSteps(app);
  if (tabs.length === 0) return null;
  return (
    <Part title="Next">
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {tabs.map((tab) => (
          <li
            key={tab.to}
            className="relative rounded-xl border border-line bg-surface p-4 hover:border-edge/70"
          >
            <div className="flex items-center justify-between">
              <tab.icon className="size-5 text-accent-ink" aria-hidden="true" />
              {done.has(tab.title) && <CircleCheck className="size-5 text-good" aria-label="done" />}
            </div>
            <Link
              to={tab.to}
              params={{ id: app.enterprise_id }}
              className="mt-2 block font-medium after:absolute after:inset-0 after:rounded-xl"
            >
              {tab.title}
            </Link>
            <p className="mt-0.5 text-[0.95rem] text-soft">{NEXT[tab.title]}</p>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Part({ title, link, children }: { title: string; link?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <div className="mb-3 flex items-baseline justify-between gap-3">
        <h3 className="text-lg font-semibold">{title}</h3>
        {link}
      </div>
      {children}
    </section>
  );
}

type TabLinkProps = {
  id: string;
  to: "/apps/$id/usage" | "/apps/$id/workflows" | "/apps/$id/versions" | "/apps/$id/conversations";
  label: string;
};

function TabLink({ id, to, label }: TabLinkProps) {
  return (
    <Link
      to={to}
      params={{ id }}
      className="inline-flex items-center gap-1 text-sm font-medium text-accent-ink underline-offset-4 hover:underline"
    >
      {label}
      <ArrowRight className="size-3.5" aria-hidden="true" />
    </Link>
  );
}
