import { ArrowRightLeft, Check, ChevronDown, Clock, Cpu, Minus, Wrench, X } from "lucide-react";
import { useMemo } from "react";
import type { DownFrame } from "#protocol/frames/down";
import { humanise } from "../chat/humanise.ts";
import { moment, money, tokens } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { Empty } from "../ui/notice.tsx";
import { type TraceRun, type TraceStep, traceOf } from "./trace-of.ts";

const TONES = {
  running: "accent",
  completed: "good",
  paused: "warn",
  failed: "bad",
  cancelled: "plain",
} as const;
const MOST_TEXT = 6_000;

/** What was done for each message: who was asked, what tools were given and answered, and what it took. */
export function TraceView({ frames }: { frames: readonly DownFrame[] }) {
  const runs = useMemo(() => traceOf(frames), [frames]);
  if (runs.length === 0) return <Empty title="Nothing has run yet" />;
  return (
    <ol className="space-y-5">
      {runs.map((run) => (
        <Run key={run.runId} run={run} />
      ))}
    </ol>
  );
}

function Run({ run }: { run: TraceRun }) {
  return (
    <li className="rounded-2xl border border-line bg-surface">
      <div className="space-y-1.5 px-4 py-3">
        <p className="line-clamp-2 font-medium break-words">{run.said ?? "Went on by itself"}</p>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-soft">
          <Badge tone={TONES[run.status]}>{run.status}</Badge>
          <span>{humanise(run.workflow)}</span>
          <span>{tokens(run.tokens)} tokens</span>
          {run.costNano !== null && <span>{money(String(run.costNano))}</span>}
          <span>{duration(run.ms)}</span>
          <span>{moment(run.at)}</span>
        </p>
        {run.error && <p className="text-sm text-bad">{run.error}</p>}
      </div>
      <ol className="border-t border-line">
        {run.steps.map((step, index) => (
          // Steps are only ever added at the end.
          <li key={index} className="border-b border-line px-4 py-2.5 last:border-b-0">
            <Step step={step} />
          </li>
        ))}
      </ol>
    </li>
  );
}

function Step({ step }: { step: TraceStep }) {
  if (step.kind === "handoff")
    return (
      <p className="flex items-center gap-2.5 text-sm text-soft">
        <ArrowRightLeft className="size-4 shrink-0" aria-hidden="true" />
        {humanise(step.agent)} takes over
      </p>
    );
  if (step.kind === "model")
    return (
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm">
        <Cpu className="size-4 shrink-0 text-soft" aria-hidden="true" />
        <span className="font-medium">{humanise(step.agent)}</span>
        <span className="font-mono text-xs text-soft">{step.model}</span>
        <span className="ml-auto text-soft">
          {tokens(step.inputTokens)} in
          {step.cachedTokens > 0 && ` (${tokens(step.cachedTokens)} cached)`} · {tokens(step.outputTokens)}{" "}
          out
          {step.costNano !== null && ` · ${money(step.costNano)}`} · {duration(step.ms)}
          {step.estimated && " · estimated"}
        </span>
      </p>
    );
  return (
    <details className="group text-sm">
      <summary className="flex list-none flex-wrap items-center gap-x-2.5 gap-y-1 rounded-md [&::-webkit-details-marker]:hidden">
        <Wrench className="size-4 shrink-0 text-soft" aria-hidden="true" />
        <span className="font-medium">{humanise(step.name)}</span>
        <ToolStatus status={step.status} />
        <span className="ml-auto text-soft">{step.ms === null ? "" : duration(step.ms)}</span>
        <ChevronDown className="size-4 text-soft transition group-open:rotate-180" aria-hidden="true" />
      </summary>
      <div className="mt-2 grid gap-3 md:grid-cols-2">
        <Json title="In" value={step.args} />
        <Json title="Out" value={step.result} />
      </div>
    </details>
  );
}

function ToolStatus({ status }: { status: Extract<TraceStep, { kind: "tool" }>["status"] }) {
  if (status === null)
    return (
      <span className="inline-flex items-center gap-1 text-warn">
        <Clock className="size-3.5" aria-hidden="true" /> waits
      </span>
    );
  const [Icon, look] =
    status === "ok" ? [Check, "text-good"] : status === "failed" ? [X, "text-bad"] : [Minus, "text-soft"];
  return (
    <span className={`inline-flex items-center gap-1 ${look}`}>
      <Icon className="size-3.5" aria-hidden="true" /> {status}
    </span>
  );
}

function Json({ title, value }: { title: string; value: unknown }) {
  const text = typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "nothing");
  return (
    <div className="min-w-0">
      <p className="mb-1 text-xs font-medium text-soft">{title}</p>
      <pre className="rounded-lg bg-sunken p-3 font-mono text-xs break-words whitespace-pre-wrap">
        {text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text}
      </pre>
    </div>
  );
}

function duration(ms: number): string {
  return ms < 1_000 ? `${Math.max(0, Math.round(ms))} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
