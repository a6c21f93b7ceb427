import type { DownFrame } from "#protocol/frames/down";

/** One thing that was done in a run. Times in milliseconds; `costNano` is null where this member sees no money. */
export type TraceStep =
  | {
      kind: "model";
      agent: string;
      model: string;
      inputTokens: number;
      cachedTokens: number;
      outputTokens: number;
      costNano: string | null;
      estimated: boolean;
      ms: number;
    }
  | {
      kind: "tool";
      id: string;
      name: string;
      args: unknown;
      /** Null while it waits, or was never answered. */
      status: "ok" | "failed" | "declined" | "dismissed" | null;
      result: unknown;
      ms: number | null;
    }
  | { kind: "handoff"; agent: string; workflow: string | null };

/** What came of one message: its steps in their order. `said` is null for what started by itself. */
export type TraceRun = {
  runId: string;
  workflow: string;
  said: string | null;
  at: string;
  status: "running" | "completed" | "paused" | "failed" | "cancelled";
  error: string | null;
  tokens: number;
  costNano: bigint | null;
  ms: number;
  steps: TraceStep[];
};

/** The runs of a chat's log, oldest first, with what each step took, used and cost. Pure. */
export function traceOf(frames: readonly DownFrame[]): TraceRun[] {
  const runs: TraceRun[] = [];
  const begun = new Map<string, { run: TraceRun; index: number; at: number }>();
  let said: string | null = null;
  let run: TraceRun | null = null;
  let last = 0;
  for (const frame of frames) {
    const now = Date.parse(frame.timestamp);
    switch (frame.type) {
      case "chat.text":
        if (frame.data.role === "user") said = frame.data.content;
        break;
      case "chat.run_start": {
        const { run_id, workflow } = frame.data;
        run = runs.find((it) => it.runId === run_id) ?? null;
        if (run) run.status = "running";
        else {
          run = newRun(run_id, workflow, said, frame.timestamp);
          runs.push(run);
        }
        said = null;
        last = now;
        break;
      }
      case "chat.select_speaker":
        if (run && run.steps.length > 0)
          run.steps.push({
            kind: "handoff",
            agent: frame.data.title ?? frame.data.agent,
            workflow: frame.data.workflow ?? null,
          });
        break;
      case "chat.usage_delta":
        if (run) addCall(run, frame.data, now - last);
        last = now;
        break;
      case "chat.tool_call":
        if (run) {
          const { tool_call_id, tool_name, payload } = frame.data;
          begun.set(tool_call_id, { run, index: run.steps.length, at: now });
          run.steps.push({
            ...{
              kind: "tool",
              id: tool_call_id,
              name: tool_name,
              args: payload.args ?? withoutSchema(payload),
            },
            ...{ status: null, result: null, ms: null },
          });
        }
        break;
      case "chat.tool_response": {
        const call = begun.get(frame.data.tool_call_id);
        const step = call?.run.steps[call.index];
        if (call && step?.kind === "tool") {
          step.status = frame.data.status;
          step.result = frame.data.content;
          step.ms = now - call.at;
        }
        last = now;
        break;
      }
      case "chat.run_complete":
        if (run?.runId === frame.data.run_id) {
          run.status = frame.data.status;
          run.error = frame.data.error?.message ?? null;
          run.ms = run.steps.reduce((sum, step) => sum + (step.kind === "handoff" ? 0 : (step.ms ?? 0)), 0);
        }
        break;
    }
  }
  return runs;
}

function newRun(runId: string, workflow: string, said: string | null, at: string): TraceRun {
  const nothing = { error: null, tokens: 0, costNano: null, ms: 0, steps: [] };
  return { runId, workflow, said, at, status: "running", ...nothing };
}

function addCall(
  run: TraceRun,
  data: Extract<DownFrame, { type: "chat.usage_delta" }>["data"],
  ms: number,
): void {
  run.tokens += data.total_tokens;
  if (data.cost_nano !== undefined) run.costNano = (run.costNano ?? 0n) + BigInt(data.cost_nano);
  run.steps.push({
    kind: "model",
    agent: data.agent,
    model: data.model,
    inputTokens: data.input_tokens,
    cachedTokens: data.cached_input_tokens,
    outputTokens: data.output_tokens,
    costNano: data.cost_nano ?? null,
    estimated: data.source === "estimated",
    ms,
  });
}

/** What a card showed: how its answer may look is no part of it. */
function withoutSchema({ response_schema: _, ...shown }: Record<string, unknown>): unknown {
  return shown;
}
