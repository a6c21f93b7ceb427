import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { MessageCircle, Workflow as WorkflowIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { OwnerWorkflows } from "#protocol/api/workflow";
import { appQuery } from "../api/apps.ts";
import { useMe } from "../api/me.ts";
import { ownerWorkflowsQuery } from "../api/workflows.ts";
import { moment, money, tokens } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { buttonLook } from "../ui/button.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { WorkflowStudio } from "./workflow-studio.tsx";

export function AppWorkflowsTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const { open, as = "graph" } = useSearch({ from: "/apps/$id/workflows" });
  const app = useQuery(appQuery(id));
  const me = useMe();
  const workflows = useQuery(ownerWorkflowsQuery(id));
  const mayBuild = app.data?.can.includes("app.build") ?? false;
  if (open !== undefined && mayBuild && app.data && me.data)
    return <WorkflowStudio key={open} app={app.data} workflow={open} as={as} userId={me.data.user_id} />;
  if (workflows.isPending) return <PageLoading />;
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <h2 className="sr-only">Workflows</h2>
      {workflows.isError && <Problem error={workflows.error} retry={() => void workflows.refetch()} />}
      {workflows.data?.workflows.length === 0 && (
        <Empty title="No workflows yet">They appear here once a build has gone live.</Empty>
      )}
      <ul className="grid gap-4 md:grid-cols-2">
        {workflows.data?.workflows.map((workflow) => (
          <WorkflowCard key={workflow.workflow_name} id={id} workflow={workflow} mayBuild={mayBuild} />
        ))}
      </ul>
    </div>
  );
}

type Props = { id: string; workflow: OwnerWorkflows["workflows"][number]; mayBuild: boolean };

function WorkflowCard({ id, workflow, mayBuild }: Props) {
  return (
    <li className="flex flex-col rounded-2xl border border-line bg-surface p-5">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="text-lg font-semibold">{workflow.title}</h3>
        {workflow.entry_point && <Badge tone="accent">starts here</Badge>}
        {workflow.status !== "live" && <Badge>{workflow.status}</Badge>}
      </div>
      <p className="font-mono text-sm text-soft">{workflow.workflow_name}</p>
      <p className="mt-2 text-soft">{workflow.description}</p>
      <div className="mt-4 space-y-3">
        <Names label="Agents" names={workflow.agents} />
        <Names label="Tools" names={workflow.tools} />
      </div>
      <dl className="mt-5 grid grid-cols-3 gap-3 border-t border-line pt-4">
        <Figure label="Chats">{tokens(workflow.chats)}</Figure>
        <Figure label="Tokens">{tokens(workflow.usage.total_tokens)}</Figure>
        <Figure label="Cost">{money(workflow.usage.cost_nano)}</Figure>
      </dl>
      <div className="mt-4 flex flex-1 flex-wrap items-end justify-between gap-3">
        <p className="text-sm text-soft">
          {lastUse(workflow)} · version {workflow.version}
        </p>
        <div className="flex gap-2">
          {mayBuild && (
            <Link
              to="/apps/$id/workflows"
              params={{ id }}
              search={{ open: workflow.workflow_name }}
              data-testid={`open-${workflow.workflow_name}`}
              className={buttonLook("secondary", "small")}
            >
              <WorkflowIcon className="size-4" aria-hidden="true" />
              Look inside
            </Link>
          )}
          <Link
            to="/apps/$id/chat"
            params={{ id }}
            search={{ workflow: workflow.workflow_name }}
            className={buttonLook("secondary", "small")}
          >
            <MessageCircle className="size-4" aria-hidden="true" />
            Chat
          </Link>
        </div>
      </div>
    </li>
  );
}

/** Chats belong to the workflow they began with; others are used when a chat is handed to them. */
function lastUse({ last_activity_at, usage }: Props["workflow"]): string {
  if (last_activity_at) return `Last used ${moment(last_activity_at)}`;
  return usage.calls > 0 ? "Used when chats are handed to it" : "Not used yet";
}

function Names({ label, names }: { label: string; names: string[] }) {
  if (names.length === 0) return null;
  return (
    <div className="flex items-baseline gap-1.5">
      <span className="w-16 shrink-0 text-sm text-soft">{label}</span>
      <div className="flex min-w-0 flex-wrap gap-1.5">
        {names.map((name) => (
          <span key={name} className="rounded-md bg-sunken px-2 py-0.5 font-mono text-[0.8rem] break-all">
            {name}
          </span>
        ))}
      </div>
    </div>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-soft">{label}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  );
}
