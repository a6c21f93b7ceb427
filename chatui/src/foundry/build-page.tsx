import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Build } from "#protocol/api/build";
import { appQuery, buildQuery, isSettled } from "../api/apps.ts";
import { useMe } from "../api/me.ts";
import { ChatContext, type ChatParts } from "../chat/chat-context.ts";
import type { ChatItem } from "../chat/chat-state.ts";
import { ConnectionLine } from "../chat/connection-line.tsx";
import { Thread } from "../chat/thread.tsx";
import { useOpenChat } from "../chat/use-open-chat.ts";
import { classNames } from "../ui/class-names.ts";
import { Problem } from "../ui/notice.tsx";
import { scrollWithin } from "../ui/scroll-within.ts";
import { PageLoading } from "../ui/skeleton.tsx";
import { useTitle } from "../ui/use-title.ts";
import { BuildResult } from "./build-result.tsx";
import { BuildSteps } from "./build-steps.tsx";
import { ChangeBox } from "./change-box.tsx";
import { EditCard } from "./edit-card.tsx";
import { EnterpriseContext } from "./enterprise-context.ts";
import { rememberBuild } from "./last-build.ts";
import { buildsIn, itemsOf } from "./latest-build.ts";
import { LiveApp } from "./live-app.tsx";
import { mergeSteps } from "./merge-steps.ts";
import { PlanCard } from "./plan-card.tsx";
import { PlanContent } from "./plan-content.tsx";
import { areOpen, planDecision } from "./plan-decision.ts";
import { QuestionsCard } from "./questions-card.tsx";
import { SignedIn } from "./signed-in.tsx";
import { StopBuild } from "./stop-build.tsx";
import { TestTiles } from "./test-tiles.tsx";

/** From prompt to live app, as a conversation with the generator; then the app beside it. */
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
  return <Conversation key={build.data.chat_id} first={build.data} userId={me.data.user_id} />;
}

/** The steps on top of the page say what the build's own line would. */
const CARDS = { plan: PlanCard, edit: EditCard, questions: QuestionsCard, build: () => null };

function isOpenCard(it: ChatItem): boolean {
  if (it.kind !== "tool") return false;
  if (it.component === "questions") return areOpen(it);
  return (it.component === "plan" || it.component === "edit") && planDecision(it) === "open";
}

/** What has to happen before another change can be asked for. */
function whatFirst(connected: boolean, deciding: boolean, settled: boolean): string | null {
  if (!connected) return "There is no connection right now.";
  if (deciding) return "Answer what waits above first.";
  return settled ? null : "A change is under way. The next can be sent when it is done.";
}

/** `first`: the build whose page this is. Others may follow in the same chat: each message after it is an edit. */
function Conversation({ first, userId }: { first: Build; userId: string }) {
  const id = first.enterprise_id;
  const queries = useQueryClient();
  const [shown, setShown] = useState<"chat" | "app">("chat");
  const { open, view } = useOpenChat({
    workflow: "generator",
    enterpriseId: id,
    chatId: first.chat_id,
    userId,
  });
  const { items, running } = view.chat;
  const buildId = buildsIn(items).at(-1) ?? first.build_id;
  const latest = useQuery(buildQuery(id, buildId));
  const build = latest.data ?? first;
  const app = useQuery(appQuery(id));
  const live = app.data?.status === "live" ? app.data : null;
  const isLive = live !== null;
  const connected = view.status.state === "open";
  const deciding = items.some(isOpenCard);
  const outcomes = items.filter((item) => item.kind === "tool" && item.outcome).length;

  useEffect(() => {
    if (outcomes === 0 && running) return;
    void queries.invalidateQueries({ queryKey: ["builds", id, buildId] });
  }, [queries, outcomes, running, id, buildId]);

  useEffect(() => rememberBuild(id, first.build_id), [id, first.build_id]);

  useEffect(() => {
    if (build.status !== "live") return;
    void queries.invalidateQueries({ queryKey: ["apps"] });
    void queries.invalidateQueries({ queryKey: ["workflows", id] });
  }, [queries, build.status, id]);

  // A plan is read from its top, as questions are, so the page moves on only once it is decided.
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const grown = items.length > 0 || build.status === "failed";
    if (!deciding && grown) scrollWithin(end.current, "end");
  }, [deciding, items, build.status]);

  const parts = useMemo<ChatParts>(
    () => ({
      answer: (toolCallId, response) => open?.answer(toolCallId, response),
      own: null,
      owner: null,
      cards: CARDS,
      connected,
      fileUrl: null,
    }),
    [open, connected],
  );
  const planShown = items.some((it) => it.kind === "tool" && it.component === "plan");
  return (
    <div className="flex h-[calc(100dvh-4rem-1px)] flex-col">
      {isLive && <Switch shown={shown} onShow={setShown} />}
      <div className="flex min-h-0 flex-1">
        <EnterpriseContext value={id}>
          <ChatContext value={parts}>
            <section
              aria-label="Build"
              className={classNames(
                "flex min-h-0 min-w-0 flex-1 flex-col",
                isLive && shown === "app" && "max-lg:hidden",
              )}
            >
              <div className="border-b border-line">
                <div className="mx-auto w-full max-w-3xl px-4 py-3 sm:px-6">
                  <div className="flex min-h-9 items-center justify-between gap-4">
                    <h1 className="line-clamp-1 text-lg font-semibold" title={first.prompt}>
                      {app.data?.name ?? build.plan?.name ?? first.prompt}
                    </h1>
                    {!deciding && <StopBuild key={build.build_id} build={build} />}
                  </div>
                  <BuildSteps steps={mergeSteps(build.steps, itemsOf(items, buildId))} />
                </div>
              </div>
              <Thread
                items={items}
                running={running}
                follow={false}
                footer={
                  <>
                    {!planShown && first.plan && build.build_id === first.build_id && (
                      <GivenPlan plan={first.plan} />
                    )}
                    <TestTiles build={build} />
                    <BuildResult build={build} beside={isLive} />
                    <div ref={end} />
                  </>
                }
              />
              <div className="mx-auto w-full max-w-3xl px-4 pb-3 sm:px-6">
                <ConnectionLine status={view.status} onRetry={() => open?.reconnect()} />
                {isLive && (
                  <ChangeBox
                    waitsFor={whatFirst(connected, deciding, isSettled(build.status))}
                    onSay={(text) => open?.send(text)}
                  />
                )}
              </div>
            </section>
          </ChatContext>
        </EnterpriseContext>
        {live && (
          <div
            className={classNames(
              "flex min-h-0 min-w-0 flex-1 flex-col border-line lg:border-l",
              shown === "chat" && "max-lg:hidden",
            )}
          >
            <LiveApp key={live.live_version} app={live} userId={userId} />
          </div>
        )}
      </div>
    </div>
  );
}

/** On a small screen one of the two is shown. */
function Switch({ shown, onShow }: { shown: "chat" | "app"; onShow: (shown: "chat" | "app") => void }) {
  const parts = [
    ["chat", "Build"],
    ["app", "Your app"],
  ] as const;
  return (
    <div className="flex gap-1 border-b border-line px-4 py-2 lg:hidden">
      {parts.map(([part, label]) => (
        <button
          key={part}
          type="button"
          aria-pressed={shown === part}
          onClick={() => onShow(part)}
          className="h-9 flex-1 rounded-lg text-soft aria-pressed:bg-accent-wash aria-pressed:font-medium aria-pressed:text-ink"
        >
          {label}
        </button>
      ))}
    </div>
  );
}

/** What was approved before there was a chat to show it in. */
function GivenPlan({ plan }: { plan: NonNullable<Build["plan"]> }) {
  return (
    <details className="rounded-2xl border border-line bg-surface p-5" data-testid="given-plan">
      <summary className="font-medium">The plan you approved</summary>
      <div className="mt-4">
        <PlanContent plan={plan} by={undefined} />
      </div>
    </details>
  );
}
