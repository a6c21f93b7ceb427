import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Replay, ReplayedTurn } from "#protocol/api/replay";
import { newId } from "../api/new-id.ts";
import { cancelReplay, lastReplayQuery, replayQuery, startReplay } from "../api/replays.ts";
import { versionsQuery } from "../api/versions.ts";
import { humanise } from "../chat/humanise.ts";
import { money, tokens } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";
import { ProgressBar } from "../ui/progress-bar.tsx";
import { SelectField } from "./select-field.tsx";

/** Holds the conversation again with another version: what would have been said, done and paid. Nothing is carried out. */
export function ReplayView({ id, chatId }: { id: string; chatId: string }) {
  const queries = useQueryClient();
  const last = lastReplayQuery(id, chatId);
  const versions = useQuery(versionsQuery(id));
  const all = versions.data?.items ?? [];
  const draft = all.find((it) => it.status === "draft");
  const [chosen, setChosen] = useState<string | null>(null);
  const version = chosen ?? String((draft ?? all[0])?.version ?? "");
  const starting = useMutation({
    mutationFn: () => startReplay(id, chatId, Number(version), newId()),
    onSuccess: ({ replay_id }) => queries.setQueryData(last.queryKey, replay_id),
  });
  const { data: replayId } = useQuery(last);
  return (
    <div className="max-w-3xl space-y-5">
      <p className="text-soft">
        The same messages are said to another version of the app. Its tools answer as they did then, nothing
        is carried out, and it costs you nothing: prices are what a chat would have cost.
      </p>
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          starting.mutate();
        }}
      >
        <SelectField
          label="Version"
          value={version}
          onChange={setChosen}
          options={all.map((it) => ({
            value: String(it.version),
            label: `${it.version}${it.status === "live" ? " (live)" : it.status === "draft" ? " (draft)" : ""}`,
          }))}
        />
        <Button type="submit" busy={starting.isPending} disabled={version === ""}>
          Replay
        </Button>
      </form>
      {starting.isError && <Problem error={starting.error} />}
      {versions.isError && <Problem error={versions.error} />}
      {replayId && <Result id={id} replayId={replayId} />}
    </div>
  );
}

function Result({ id, replayId }: { id: string; replayId: string }) {
  const replay = useQuery(replayQuery(id, replayId));
  const stopping = useMutation({
    mutationFn: () => cancelReplay(id, replayId),
    onSettled: () => void replay.refetch(),
  });
  if (replay.isError) return <Problem error={replay.error} retry={() => void replay.refetch()} />;
  if (!replay.data) return <p className="text-soft">Starting…</p>;
  const { status, totals, chats } = replay.data;
  return (
    <div className="space-y-4" data-testid="replay">
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className="font-medium">
          {WORDS[status]}: {totals.turns.done} of {totals.turns.all} messages
        </p>
        {status === "running" && (
          <Button look="secondary" size="small" busy={stopping.isPending} onClick={() => stopping.mutate()}>
            Stop
          </Button>
        )}
      </div>
      <ProgressBar label="Progress" part={totals.turns.done / Math.max(1, totals.turns.all)} />
      <Totals totals={totals} />
      {chats.some((it) => it.status === "skipped") && (
        <Problem error="This conversation can’t be replayed: no message in it was answered by agents." />
      )}
      <ol className="space-y-4">
        {chats.flatMap((chat) => chat.turns.map((turn) => <Turn key={turn.message_id} turn={turn} />))}
      </ol>
    </div>
  );
}

const WORDS: Record<Replay["status"], string> = {
  running: "Under way",
  done: "Done",
  cancelled: "Stopped",
  stopped: "Stopped, as it had cost what a replay may",
};

function Totals({ totals }: { totals: Replay["totals"] }) {
  const { before, after } = totals.usage;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-2xl border border-line bg-line sm:grid-cols-4">
      {[
        ["Same", String(totals.turns.same)],
        ["Other answers", String(totals.turns.answers_changed)],
        ["Tokens", `${tokens(before.tokens)} → ${tokens(after.tokens)}`],
        ["Cost", `${money(before.cost_nano)} → ${money(after.cost_nano)}`],
      ].map(([name, value]) => (
        <div key={name} className="bg-surface px-4 py-3">
          <dt className="text-sm text-soft">{name}</dt>
          <dd className="font-semibold">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Turn({ turn }: { turn: ReplayedTurn }) {
  const { answer, calls } = turn;
  return (
    <li className="space-y-3 rounded-2xl border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 font-medium break-words">{turn.said}</p>
        <Badge tone={turn.same ? "good" : "warn"}>{turn.same ? "same" : "differs"}</Badge>
      </div>
      {answer.same ? (
        <p className="break-words whitespace-pre-wrap text-soft">{answer.after}</p>
      ) : (
        <div className="grid gap-3 md:grid-cols-2">
          <Side title="Then" text={answer.before} />
          <Side title="Now" text={answer.after} />
        </div>
      )}
      {calls.length > 0 && (
        <ul className="flex flex-wrap gap-2 text-sm">
          {calls.map((call, index) => (
            <li key={index}>
              <Badge tone={call.status === "same" ? "plain" : "warn"}>
                {humanise(call.tool_name)}: {call.status}
              </Badge>
            </li>
          ))}
        </ul>
      )}
      <p className="text-sm text-soft">
        {turn.usage.before ? `${money(turn.usage.before.cost_nano)} → ` : ""}
        {money(turn.usage.after.cost_nano)} · ended {turn.status.after}
        {turn.waits_for ? `, waits for ${humanise(turn.waits_for)}` : ""}
      </p>
    </li>
  );
}

function Side({ title, text }: { title: string; text: string }) {
  return (
    <div className="min-w-0 rounded-xl bg-sunken p-3">
      <p className="mb-1 text-xs font-medium text-soft">{title}</p>
      <p className="break-words whitespace-pre-wrap">{text || "Nothing was said."}</p>
    </div>
  );
}
