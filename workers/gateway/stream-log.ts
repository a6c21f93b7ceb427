import { appError } from "#base/app-error";
import { agUiEvents } from "#chats/dialects/ag-ui";
import { uiMessageChunks } from "#chats/dialects/ui-message";
import { touchChat } from "#chats/touch-chat";
import { scopeOf } from "#enterprises/scope";
import type { Dialect } from "#protocol/api/chat";
import { chatSessionFor } from "../chat-session/chat-session-for.ts";
import type { SessionOpen } from "../chat-session/session-open.ts";
import type { Ctx } from "./call.ts";
import { atHost, lookAtHost } from "./close-at-host.ts";
import { noteOpening } from "./end-keys.ts";
import { lookAgain } from "./end-sessions.ts";
import { eventsOf, type Writer } from "./events-of.ts";

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
  const open = atHost(c, asked.open);
  const { enterprise_id, chat_id } = open;
  const session = chatSessionFor(c.env.deps.env, enterprise_id, chat_id);
  await noteOpening(c, open);
  const lines = await session.stream(open, asked.after);
  if (lines === null) throw appError("RATE_LIMITED");
  const { db, clock } = c.env.deps;
  // Noted as opened, so that it is found when its session ends.
  c.executionCtx.waitUntil(touchChat(db, scopeOf(enterprise_id), chat_id, clock.now()));
  lookAgain(c, open, c.var.principal);
  lookAtHost(c, open);
  const headers = new Headers({
    "content-type": "text/event-stream; charset=utf-8",
    "x-accel-buffering": "no",
  });
  if (asked.dialect === "ui-message") headers.set("x-vercel-ai-ui-message-stream", "v1");
  return new Response(eventsOf(lines, writerOf(asked), c.env.deps), { headers });
}

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
