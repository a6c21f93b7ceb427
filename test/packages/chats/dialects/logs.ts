import fc from "fast-check";
import type { DownData, DownFrame, DownType } from "#protocol/frames/down";
import { SCHEMA_VERSION } from "#protocol/version";

/** What happens in a run, to be made into frames. */
type Step =
  | { do: "say"; pieces: string[] }
  | { do: "tool"; ok: boolean }
  | { do: "card"; approval: boolean; answer: "yes" | "no" }
  | { do: "note" };
export type Story = { steps: Step[]; end: "completed" | "failed" | "cancelled"; queued: boolean }[];

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant("say" as const),
    pieces: fc.array(fc.string(), { minLength: 1, maxLength: 5 }),
  }),
  fc.record({ do: fc.constant("tool" as const), ok: fc.boolean() }),
  fc.record({
    do: fc.constant("card" as const),
    approval: fc.boolean(),
    answer: fc.constantFrom("yes", "no"),
  }),
  fc.constant({ do: "note" as const }),
);
export const story: fc.Arbitrary<Story> = fc.array(
  fc.record({
    steps: fc.array(step, { maxLength: 6 }),
    end: fc.constantFrom("completed", "failed", "cancelled"),
    queued: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
);

/** The frames that a reader gets who was there all the time. */
export function liveLog(runs: Story): DownFrame[] {
  const frames: DownFrame[] = [];
  const emit = <T extends DownType>(type: T, data: DownData<T>, agent?: string) => {
    const envelope = { schema_version: SCHEMA_VERSION, timestamp: "2026-11-22T12:00:00.000Z" };
    frames.push({ type, data, ...envelope, seq: frames.length, ...(agent ? { agent } : {}) } as DownFrame);
  };
  let n = 0;
  for (const [index, { steps, end, queued }] of runs.entries()) {
    const run_id = `run_${index}`;
    const start = () => emit("chat.run_start", { workflow: "w", chat_id: "chat", run_id });
    const say = (id: string) => emit("chat.text", { message_id: id, role: "user", content: `hello ${id}` });
    say(`user_${index}`);
    start();
    if (queued) say(`queued_${index}`);
    for (const it of steps) {
      const id = `${index}_${n++}`;
      if (it.do === "say") {
        const stream_id = `str_${id}`;
        for (const [chunk_seq, content] of it.pieces.entries())
          emit("chat.stream_chunk", { stream_id, chunk_seq, content }, "host");
        emit("chat.stream_end", { stream_id, message_id: `msg_${id}`, content: it.pieces.join("") }, "host");
      } else if (it.do === "note") {
        emit("chat.select_speaker", { agent: n % 2 ? "other" : "host", workflow: "w" }, "host");
      } else {
        const call = { tool_call_id: `call_${id}`, tool_name: "tool_x" };
        const card = it.do === "card";
        emit("chat.tool_call", {
          ...call,
          interaction_type: card ? (it.approval ? "approval" : "ui_tool") : "auto_tool",
          component_type: card ? "confirmation" : null,
          display: "inline",
          awaiting_response: card,
          payload: card ? { message: "Sure?", response_schema: { type: "object" } } : { args: { a: 1 } },
        });
        if (card) {
          emit("chat.awaiting_reply", {
            reason: it.approval ? "approval" : "ui",
            tool_call_id: call.tool_call_id,
          });
          emit("chat.run_complete", { run_id, status: "paused", reason: "waiting" });
          start();
        }
        const ok = card ? it.answer === "yes" : it.ok;
        const status = ok ? "ok" : card && it.approval ? "declined" : "failed";
        emit("chat.tool_response", {
          ...call,
          status,
          success: ok,
          content: { ok, error: ok ? undefined : "no" },
        });
      }
    }
    if (end === "failed")
      emit("chat.error", {
        code: "MODEL_FAILED",
        error_code: "MODEL_FAILED",
        message: "The model did not answer.",
        retryable: true,
        request_id: run_id,
      });
    emit("chat.run_complete", { run_id, status: end, reason: end });
  }
  return frames;
}

/** The same log, read later: ended texts without their pieces. */
export function foldedLog(frames: DownFrame[]): DownFrame[] {
  return frames.filter(({ type }) => type !== "chat.stream_chunk");
}
