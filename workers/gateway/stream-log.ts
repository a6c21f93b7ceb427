import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { agUiEvents } from "#chats/dialects/ag-ui";
import { uiMessageChunks } from "#chats/dialects/ui-message";
import type { Dialect } from "#protocol/api/chat";
import type { DownFrame } from "#protocol/frames/down";
import { chatSessionFor } from "../chat-session/chat-session-for.ts";
import type { SessionOpen } from "../chat-session/session-open.ts";
import type { Ctx } from "./call.ts";

export type Streamed = {
  open: SessionOpen;
  /** Frames beyond this one. */
  after: number;
  dialect?: Dialect | undefined;
  /** In a dialect: the stream ends with the first run that ends beyond this one. */
  endsBeyond?: number;
  /** What an AG-UI client calls its run. */
  runId?: string;
};

/**
 * A chat's log as server-sent events. Frames as they are: one event each, its `id` the `seq` (none without one), until
 * the client leaves or is to come back by `Last-Event-ID`. In a dialect: the events of one run, then the end.
 * Errors: RATE_LIMITED (too many read this chat already).
 */
export async function streamLog(c: Ctx, asked: Streamed): Promise<Response> {
  const { enterprise_id, chat_id } = asked.open;
  const session = chatSessionFor(c.env.deps.env, enterprise_id, chat_id);
  const lines = await session.stream(asked.open, asked.after);
  if (lines === null) throw appError("RATE_LIMITED");
  const headers = new Headers({
    "content-type": "text/event-stream; charset=utf-8",
    "x-accel-buffering": "no",
  });
  if (asked.dialect === "ui-message") headers.set("x-vercel-ai-ui-message-stream", "v1");
  return new Response(eventsOf(c, lines, writerOf(asked)), { headers });
}

/** The text of the events that a frame makes, and whether they are the last. */
type Writer = (frame: DownFrame) => { text: string; last: boolean };

function writerOf({ dialect, open, after, endsBeyond = after, runId }: Streamed): Writer {
  if (dialect === undefined)
    return (frame) => ({
      text: `${frame.seq === undefined ? "" : `id: ${frame.seq}\n`}data: ${JSON.stringify(frame)}\n\n`,
      last: false,
    });
  const events = dialect === "ui-message" ? uiMessageChunks() : agUiEvents(open.chat_id, runId);
  return (frame) => {
    const made = events(frame);
    const last = frame.type === "chat.run_complete" && made.length > 0 && (frame.seq ?? 0) > endsBeyond;
    const end = last && dialect === "ui-message" ? "data: [DONE]\n\n" : "";
    return { text: made.map((it) => `data: ${JSON.stringify(it)}\n\n`).join("") + end, last };
  };
}

/**
 * Reads no faster than its client. The object's stream breaks off when the object is evicted or the chat deleted: then
 * this one ends too, and whoever comes back is looked at anew.
 */
function eventsOf(c: Ctx, lines: ReadableStream<Uint8Array>, write: Writer): ReadableStream<Uint8Array> {
  const { clock, wait } = c.env.deps;
  const until = clock.now() + LIMITS.streamMaxAgeMs;
  const reader = lines.pipeThrough(new TextDecoderStream()).getReader();
  const encoder = new TextEncoder();
  let partial = "";
  let coming: Promise<ReadableStreamReadResult<string>> | null = null;
  const next = async (): Promise<ReadableStreamReadResult<string> | "quiet"> => {
    coming ??= reader.read().catch(() => ({ done: true, value: undefined }));
    const timer = new AbortController();
    const quiet = wait(LIMITS.streamKeepAliveMs, timer.signal).then(() => "quiet" as const);
    const got = await Promise.race([coming, quiet]);
    timer.abort();
    if (got !== "quiet") coming = null;
    return got;
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const got = clock.now() > until ? ({ done: true } as const) : await next();
          if (got === "quiet") return controller.enqueue(encoder.encode(": still here\n\n"));
          if (got.done) {
            await reader.cancel().catch(() => undefined);
            return controller.close();
          }
          const whole = (partial + got.value).split("\n");
          partial = whole.pop() ?? "";
          let text = "";
          let last = false;
          for (const line of whole) {
            if (last) break;
            const written = write(JSON.parse(line) as DownFrame);
            text += written.text;
            last = written.last;
          }
          if (text !== "") controller.enqueue(encoder.encode(text));
          if (last) {
            await reader.cancel().catch(() => undefined);
            return controller.close();
          }
          if (text !== "") return;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
