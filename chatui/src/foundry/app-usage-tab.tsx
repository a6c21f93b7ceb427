import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Usage } from "#protocol/api/usage";
import { appQuery } from "../api/apps.ts";
import { useMe } from "../api/me.ts";
import { analyticsQuery, useLiveUsage } from "../api/usage.ts";
import { ownerWorkflowsQuery } from "../api/workflows.ts";
import { money, tokens } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { later } from "../ui/later.tsx";
import { Problem } from "../ui/notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ChatBill } from "./chat-bill.tsx";
import { monthOf } from "./month-of.ts";
import { StatementPart } from "./statement-part.tsx";
import { UsageBooks } from "./usage-books.tsx";
import { UsageBudgets } from "./usage-budgets.tsx";
import { UsageTable } from "./usage-table.tsx";
import { useChatTitles } from "./use-chat-titles.ts";
import { usePeopleNames } from "./use-people-names.ts";

// The library that draws is most of this page: the counters don't wait for it.
const UsageCharts = later(
  () => import("./usage-charts.tsx").then((it) => it.UsageCharts),
  <Skeleton className="h-64" />,
);

/** The counters of an app, moving as it is used. */
export function AppUsageTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const { usage, status } = useLiveUsage(id);
  const analytics = useQuery(analyticsQuery(id));
  const workflows = useQuery(ownerWorkflowsQuery(id));
  const me = useMe();
  const app = useQuery(appQuery(id));
  const titles = new Map(workflows.data?.workflows.map((it) => [it.workflow_name, it.title]));
  const chats = useChatTitles(id, usage?.by_workflow.map((row) => row.key) ?? []);
  const people = usePeopleNames(id);
  const names = {
    workflow: (key: string) => titles.get(key) ?? key,
    user: (key: string) => (key === me.data?.user_id ? "You" : (people.get(key) ?? shorten(key))),
    chat: (key: string) => chats.get(key) ?? shorten(key),
  };
  return (
    <div className="mx-auto w-full max-w-6xl space-y-10 px-4 py-8 sm:px-6">
      <section aria-labelledby="usage-now">
        <div className="mb-4 flex items-center gap-3">
          <h2 id="usage-now" className="text-xl font-semibold">
            This month
          </h2>
          <LiveBadge state={status.state} />
        </div>
        {status.state === "closed" && (
          <Problem error={status.reason || "The live counters can’t be opened."} />
        )}
        {usage ? (
          <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-2xl border border-line bg-line lg:grid-cols-4">
            <Figure label="Tokens" testId="total-tokens" value={usage.totals.total_tokens}>
              {tokens(usage.totals.total_tokens)}
              <Note>
                {tokens(usage.totals.input_tokens)} in · {tokens(usage.totals.output_tokens)} out
              </Note>
            </Figure>
            <Figure label="Cost" testId="total-cost" value={usage.totals.cost_nano}>
              {money(usage.totals.cost_nano)}
              <Note>
                {tokens(usage.totals.calls)} model {usage.totals.calls === 1 ? "call" : "calls"}
              </Note>
            </Figure>
            <Figure label="Balance" testId="balance" value={usage.balance_nano}>
              {money(usage.balance_nano)}
              <Note>left to use</Note>
            </Figure>
            <Figure label="Held" testId="held" value={usage.held_nano}>
              {money(usage.held_nano)}
              <Note>for work in progress</Note>
            </Figure>
          </dl>
        ) : (
          status.state !== "closed" && <Skeleton className="h-28" />
        )}
      </section>
      {usage && <UsageBudgets app={app.data} budgets={usage.budgets} names={names} />}
      {usage && (
        <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
          <UsageTable title="By workflow" {...breakdown(usage, "by_workflow")} nameOf={names.workflow} />
          <UsageTable title="By person" {...breakdown(usage, "by_user")} nameOf={names.user} />
          <UsageTable title="By model" {...breakdown(usage, "by_model")} nameOf={(key) => key} />
          <UsageTable title="By chat" {...breakdown(usage, "by_chat")} nameOf={names.chat} />
        </div>
      )}
      <section aria-labelledby="usage-days">
        <h2 id="usage-days" className="mb-4 text-xl font-semibold">
          Last 30 days
        </h2>
        {analytics.isError && <Problem error={analytics.error} retry={() => void analytics.refetch()} />}
        {analytics.isPending && <Skeleton className="h-56" />}
        {analytics.data && <UsageCharts analytics={analytics.data} names={names} />}
      </section>
      {usage && app.data && (
        <StatementPart key={id} id={id} month={monthOf(usage.period)} since={app.data.created_at} />
      )}
      {usage && <ChatBill key={id} id={id} chats={usage.by_chat} nameOf={names.chat} />}
      {usage && <UsageBooks enterpriseId={id} period={usage.period} />}
    </div>
  );
}

function breakdown(usage: Usage, name: Usage["more"][number]) {
  return { rows: usage[name], more: usage.more.includes(name) };
}

type FigureProps = { label: string; testId: string; value: string | number; children: ReactNode };

function Figure({ label, testId, value, children }: FigureProps) {
  return (
    <div className="bg-surface p-4 sm:p-5">
      <dt className="text-sm text-soft">{label}</dt>
      <dd
        data-testid={testId}
        data-value={value}
        className="mt-1 text-2xl font-semibold tracking-tight sm:text-3xl"
      >
        {children}
      </dd>
    </div>
  );
}

function Note({ children }: { children: ReactNode }) {
  return <span className="mt-0.5 block text-sm font-normal tracking-normal text-soft">{children}</span>;
}

function LiveBadge({ state }: { state: string }) {
  if (state === "open")
    return (
      <Badge tone="good">
        <span className="size-1.5 animate-pulse rounded-full bg-current" aria-hidden="true" />
        live
      </Badge>
    );
  return state === "closed" ? null : <Badge tone="warn">connecting…</Badge>;
}

const SHOWN_CHARACTERS = 14;

function shorten(key: string): string {
  return key.length > SHOWN_CHARACTERS ? `${key.slice(0, SHOWN_CHARACTERS)}…` : key;
}
