import { Link } from "@tanstack/react-router";
import { ArrowLeft, MessageCircle } from "lucide-react";
import { useState } from "react";
import type { AppDetail } from "#protocol/api/app";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { INPUT_LOOK } from "../ui/field.tsx";
import { later } from "../ui/later.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { PageLoading, Skeleton } from "../ui/skeleton.tsx";
import { AgentDetails } from "./agent-details.tsx";
import { editWorkflow, readWorkflow } from "./edit-workflow.ts";
import { StudioBar } from "./studio-bar.tsx";
import { TestChat } from "./test-chat.tsx";
import { useChangedFiles } from "./use-changed-files.ts";

// The graph and the editor are large, and seldom both are wanted: a chunk each.
const GraphView = later(
  () => import("./graph-view.tsx").then((it) => it.GraphView),
  <Skeleton className="m-4 h-64" />,
);
const FileEditor = later(
  () => import("./file-editor.tsx").then((it) => it.FileEditor),
  <Skeleton className="m-4 h-64" />,
);

type Props = { app: AppDetail; workflow: string; as: "graph" | "files"; userId: string };

/** One workflow to look at and to change, as a picture or as its files, and to talk with beside it. */
export function WorkflowStudio({ app, workflow, as, userId }: Props) {
  const id = app.enterprise_id;
  const work = useChangedFiles(app);
  const [selected, setSelected] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [talking, setTalking] = useState(false);
  if (work.error)
    return (
      <div className="mx-auto w-full max-w-xl px-4 py-16">
        <Problem error={work.error} />
      </div>
    );
  if (!work.files) return <PageLoading />;
  const own = `workflows/${workflow}/workflow.yaml`;
  const text = work.files[own];
  if (text === undefined)
    return (
      <div className="mx-auto w-full max-w-xl px-4 py-16">
        <Empty title="There is no such workflow" />
      </div>
    );
  const path = chosen !== null && chosen in work.files ? chosen : own;
  const raw = readWorkflow(text);
  const others = Object.keys(work.files).flatMap((it) => /^workflows\/([^/]+)\/workflow/.exec(it)?.[1] ?? []);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
        <Link
          to="/apps/$id/workflows"
          params={{ id }}
          aria-label="All workflows"
          className="grid size-9 place-items-center rounded-lg text-soft hover:bg-sunken hover:text-ink"
        >
          <ArrowLeft className="size-4" aria-hidden="true" />
        </Link>
        <h2 className="min-w-0 truncate font-semibold">{raw?.title ?? workflow}</h2>
        <div className="ml-auto flex items-center gap-1">
          {(["graph", "files"] as const).map((view) => (
            <Link
              key={view}
              to="/apps/$id/workflows"
              params={{ id }}
              search={{ open: workflow, as: view === "files" ? view : undefined }}
              activeOptions={{ includeSearch: false }}
              activeProps={{ "aria-current": as === view ? "page" : undefined }}
              replace
              className="rounded-lg px-3 py-1.5 text-sm text-soft aria-[current]:bg-accent-wash aria-[current]:font-medium aria-[current]:text-ink"
            >
              {view === "graph" ? "Graph" : "Files"}
            </Link>
          ))}
          <Button look="secondary" size="small" aria-pressed={talking} onClick={() => setTalking(!talking)}>
            <MessageCircle className="size-4" aria-hidden="true" />
            Test
          </Button>
        </div>
      </div>
      <StudioBar app={app} work={work} />
      <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
        {as === "graph" ? (
          <>
            <div className="min-h-96 flex-1">
              {raw ? (
                <GraphView key={workflow} raw={raw} selected={selected} onSelect={setSelected} />
              ) : (
                <div className="p-6">
                  <Empty title="This file can’t be drawn">Put it right under Files first.</Empty>
                </div>
              )}
            </div>
            {raw && !talking && (
              <section
                aria-label="Details"
                className="w-full shrink-0 border-line p-4 max-lg:border-t lg:w-88 lg:overflow-y-auto lg:border-l"
              >
                <AgentDetails
                  raw={raw}
                  selected={selected}
                  others={others.filter((it) => it !== workflow)}
                  onSelect={setSelected}
                  onEdit={(edit) => work.change(own, editWorkflow(text, edit))}
                />
              </section>
            )}
          </>
        ) : (
          <div className="flex min-h-96 min-w-0 flex-1 flex-col">
            <div className="border-b border-line p-2">
              <select
                aria-label="File"
                className={classNames(INPUT_LOOK, "h-9 !w-auto max-w-full font-mono !text-[0.8rem]")}
                value={path}
                onChange={(event) => setChosen(event.target.value)}
              >
                {Object.keys(work.files).map((it) => (
                  <option key={it}>{it}</option>
                ))}
              </select>
            </div>
            <FileEditor
              path={path}
              text={work.files[path] ?? ""}
              issues={work.issues.filter((it) => it.file === path)}
              onChange={(next) => work.change(path, next)}
            />
          </div>
        )}
        {talking && (
          <TestChat app={app} workflow={workflow} userId={userId} onClose={() => setTalking(false)} />
        )}
      </div>
    </div>
  );
}
