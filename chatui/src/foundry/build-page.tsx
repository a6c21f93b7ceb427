import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useMemo, useRef } from "react";
import type { Build } from "#protocol/api/build";
import { buildQuery } from "../api/apps.ts";
import { useMe } from "../api/me.ts";
import { ChatContext, type ChatParts } from "../chat/chat-context.ts";
import { ConnectionLine } from "../chat/connection-line.tsx";
import { humanise } from "../chat/humanise.ts";
import { Thread } from "../chat/thread.tsx";
import { useOpenChat } from "../chat/use-open-chat.ts";
import { Problem } from "../ui/notice.tsx";
import { scrollWithin } from "../ui/scroll-within.ts";
import { PageLoading } from "../ui/skeleton.tsx";
import { useTitle } from "../ui/use-title.ts";
import { BuildResult } from "./build-result.tsx";
import { BuildSteps } from "./build-steps.tsx";
import { EditCard } from "./edit-card.tsx";
import { rememberBuild } from "./last-build.ts";
import { mergeSteps } from "./merge-steps.ts";
import { PlanCard } from "./plan-card.tsx";
import { areOpen, planDecision } from "./plan-decision.ts";
import { QuestionsCard } from "./questions-card.tsx";
import { SignedIn } from "./signed-in.tsx";
import { StopBuild } from "./stop-build.tsx";

/** From prompt to live app, as a conversation with the generator. */
export function BuildPage() {
  useTitle("Building · Mozaiks");
  return <SignedIn>{() => <BuildOf />}</SignedIn>;
}

function BuildOf() {
  const { id, buildId } = useParams({ from: "/apps/$id/build/$buildId" });
  const me = useMe();
  const build = useQuery(buildQuery(id, buildId));
  if (build.isError)
    return (
      <div className="mx-auto w-full max-w-xl px-4 py-16">
        <Problem error={build.error} retry={() => void build.refetch()} />
      </div>
    );
  if (!build.data || !me.data) return <PageLoading />;
  return <Conversation build={build.data} userId={me.data.user_id} />;
}

/** The steps on top of the page say what the build's own line would. */
const CARDS = { plan: PlanCard, edit: EditCard, questions: QuestionsCard, build: () => null };

function Conversation({ build, userId }: { build: Build; userId: string }) {
  const queries = useQueryClient();
  const { open, view } = useOpenChat({
    workflow: "generator",
    enterpriseId: build.enterprise_id,
    chatId: build.chat_id,
    userId,
  });
  const { items, running, titles } = view.chat;
  const connected = view.status.state === "open";
  const deciding = items.some(
    (it) =>
      it.kind === "tool" &&
      (it.component === "plan" || it.component === "edit") &&
      planDecision(it) === "open",
  );
  const asking = items.some((it) => it.kind === "tool" && it.component === "questions" && areOpen(it));
  const outcomes = items.filter((item) => item.kind === "tool" && item.outcome).length;

  useEffect(() => {
    if (outcomes === 0 && running) return;
    void queries.invalidateQueries({ queryKey: ["builds", build.enterprise_id, build.build_id] });
  }, [queries, outcomes, running, build.enterprise_id, build.build_id]);

  useEffect(() => {
    rememberBuild(build.enterprise_id, build.build_id);
  }, [build.enterprise_id, build.build_id]);

  useEffect(() => {
    if (build.status === "live") void queries.invalidateQueries({ queryKey: ["apps"] });
  }, [queries, build.status]);

  // A plan is read from its top, as questions are, so the page moves on only once it is decided.
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const grown = items.length > 0 || build.status === "failed";
    if (!deciding && !asking && grown) scrollWithin(end.current, "end");
  }, [deciding, asking, items, build.status]);

  const parts = useMemo<ChatParts>(
    () => ({
      answer: (toolCallId, response) => open?.answer(toolCallId, response),
      own: null,
      retry: null,
      owner: null,
      agentTitle: (agent) => titles[agent] ?? humanise(agent),
      opens: new Set(),
      cites: new Map(),
      cards: CARDS,
      connected,
      fileUrl: null,
    }),
    [open, titles, connected],
  );
  return (
    <ChatContext value={parts}>
      <div className="flex h-[calc(100dvh-4rem-1px)] flex-col">
        <div className="border-b border-line">
          <div className="mx-auto w-full max-w-3xl px-4 py-4 sm:px-6">
            <div className="flex min-h-9 items-center justify-between gap-4">
              <h1 className="line-clamp-1 text-xl font-semibold" title={build.prompt}>
                {build.plan?.name ?? build.prompt}
              </h1>
              {!deciding && <StopBuild key={build.build_id} build={build} />}
            </div>
            <BuildSteps steps={mergeSteps(build.steps, items)} />
          </div>
        </div>
        <Thread
          items={items}
          running={running}
          follow={false}
          footer={
            <>
              <BuildResult build={build} />
              <div ref={end} />
            </>
          }
        />
        <div className="mx-auto w-full max-w-3xl px-4 sm:px-6">
          <ConnectionLine status={view.status} onRetry={() => open?.reconnect()} />
        </div>
      </div>
    </ChatContext>
  );
}
