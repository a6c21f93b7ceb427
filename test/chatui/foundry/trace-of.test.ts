import { expect, test } from "vitest";
import type { DownFrame } from "#protocol/frames/down";
import { traceOf } from "../../../chatui/src/foundry/trace-of.ts";

let seq = 0;
/** A frame of the log, so many milliseconds after the first. */
function frame(ms: number, type: string, data: object): DownFrame {
  const timestamp = new Date(Date.UTC(2026, 0, 1) + ms).toISOString();
  return { type, data, timestamp, seq: seq++, schema_version: "v" } as unknown as DownFrame;
}
const usage = (cost?: string) => ({
  ...{ run_id: "r1", agent: "lender", model: "offline/dialogue", source: "provider" },
  ...{ input_tokens: 10, cached_input_tokens: 2, output_tokens: 5, reasoning_tokens: 0, total_tokens: 15 },
  ...(cost === undefined ? {} : { cost_nano: cost }),
});
const start = { run_id: "r1", workflow: "loan-desk", chat_id: "c" };
const call = { tool_call_id: "t1", tool_name: "find_tool", payload: { args: { code: "T-1" } } };

test("a message's run has its steps in order, with what each took, used and cost", () => {
  const [run, ...more] = traceOf([
    frame(0, "chat.text", { role: "user", content: "Where is T-1?" }),
    frame(5, "chat.run_start", start),
    frame(6, "chat.select_speaker", { agent: "lender" }),
    frame(105, "chat.usage_delta", usage("700")),
    frame(110, "chat.tool_call", call),
    frame(140, "chat.tool_response", { tool_call_id: "t1", status: "ok", content: { shelf: "B4" } }),
    frame(190, "chat.usage_delta", usage("300")),
    frame(200, "chat.run_complete", { run_id: "r1", status: "completed" }),
  ]);
  expect(more).toEqual([]);
  expect(run).toMatchObject({ said: "Where is T-1?", status: "completed", tokens: 30, costNano: 1_000n });
  expect(run?.steps).toMatchObject([
    { kind: "model", agent: "lender", ms: 100, costNano: "700", cachedTokens: 2 },
    { kind: "tool", name: "find_tool", args: { code: "T-1" }, status: "ok", result: { shelf: "B4" }, ms: 30 },
    { kind: "model", ms: 50 },
  ]);
  expect(run?.ms).toBe(180);
});

test("a run that paused goes on as the same one; where no money is shown there is none", () => {
  const runs = traceOf([
    frame(0, "chat.text", { role: "user", content: "Lend me T-1" }),
    frame(1, "chat.run_start", start),
    frame(2, "chat.usage_delta", usage()),
    frame(3, "chat.tool_call", call),
    frame(4, "chat.run_complete", { run_id: "r1", status: "paused" }),
    frame(60_000, "chat.run_start", start),
    frame(60_001, "chat.tool_response", { tool_call_id: "t1", status: "declined", content: null }),
    frame(60_002, "chat.run_complete", { run_id: "r1", status: "failed", error: { message: "No." } }),
    frame(60_003, "chat.run_start", { ...start, run_id: "r2" }),
  ]);
  expect(runs).toMatchObject([
    { runId: "r1", said: "Lend me T-1", status: "failed", error: "No.", costNano: null },
    { runId: "r2", said: null, status: "running" },
  ]);
  expect(runs[0]?.steps[1]).toMatchObject({ kind: "tool", status: "declined" });
});
