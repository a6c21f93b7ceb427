import { assertNever } from "#base/assert-never";
import { consoleLog } from "#base/console-log";
import type { NewId } from "#base/new-id";
import type { LeaseMeter } from "#ledger/lease-meter";
import type { RunEvent, ShownCall } from "#runtime/events";
import type { Place } from "#runtime/find-agent";
import { entriesOf } from "#runtime/remember-event";
import type { RunDeps } from "#runtime/run-deps";
import type { RunState } from "#runtime/run-state";
import { runTurn } from "#runtime/run-turn";
import { cardId } from "#runtime/set-aside";
import { coalesce } from "./coalesce.ts";
import { emitUsage } from "./emit-usage.ts";
import { endRun } from "./end-run.ts";
import { makeFrame } from "./log.ts";
import { closeBooks, reportInTime } from "./meter-of.ts";
import { noteRunEnd, noteWait } from "./note-happening.ts";
import { broadcast, emit, type Room } from "./room.ts";
import { runFact, stopwatch } from "./run-fact.ts";
import { emitToolResponse, fail } from "./run-frames.ts";
import type { RunStatus } from "./store.ts";
import { beginWait } from "./team.ts";
import { keepPlace } from "./turn-rows.ts";

/**
 * Runs a turn to its end or pause: each event becomes rows and frames before the next one is asked for. Its end is
 * said once the ledger has what it used; if that can't be reached, the turn has failed, and what was said stays.
 */
export async function driveTurn(
  room: Room,
  run: RunState,
  deps: RunDeps & { meter: LeaseMeter },
): Promise<void> {
  emit(room, "chat.run_start", { workflow: run.workflow, chat_id: deps.chat_id, run_id: run.run_id });
  const transcript = room.store.entries.newest();
  const stream = openStream(room, deps.newId);
  const reports = reportInTime(deps.meter, deps.wait);
  const watch = stopwatch(run, deps.clock);
  for await (const event of coalesce(runTurn(run, transcript, deps), (ms) => scheduler.wait(ms))) {
    if (event.type === "text") {
      watch.spoke();
      stream.chunk(event.delta, event.agent);
      continue;
    }
    const status = statusAfter(event);
    if (status !== "running") {
      reports.stop();
      watch.stop();
      deps.meter.note(runFact(run, status));
      const wait = (ms: number) => deps.wait(ms, NEVER);
      const told = await closeBooks(room, deps.meter, deps.chat_id, status === "paused", wait);
      if (!told && event.type !== "failed") {
        run.pending = null;
        endRun(room, deps.meter, run.run_id, run, "LEDGER_UNAVAILABLE");
        break;
      }
    }
    for (const entry of entriesOf(event)) room.store.entries.add(entry);
    take(event, room, run, stream);
    room.store.saveRun(run.run_id, status, run);
    if (status === "paused") noteWait(room, run);
    else if (status !== "running")
      noteRunEnd(room, run.run_id, run, status, event.type === "failed" ? event.code : null);
    if (status !== "running") keepPlace(room, run);
    if (event.type === "usage") reports.used();
  }
}

/** Books are closed though the run was stopped. */
const NEVER = new AbortController().signal;

type Stream = ReturnType<typeof openStream>;

/** The message being streamed: its id is made with its first piece. */
function openStream(room: Room, newId: NewId) {
  let streamId: string | null = null;
  let chunkSeq = 0;
  return {
    chunk(content: string, agent: string): void {
      streamId ??= newId("str");
      emit(room, "chat.stream_chunk", { stream_id: streamId, chunk_seq: chunkSeq++, content }, agent);
    },
    end(messageId: string, content: string, interrupted: boolean, agent: string): void {
      if (streamId === null) return;
      const data = {
        stream_id: streamId,
        message_id: messageId,
        content,
        ...(interrupted ? { interrupted: true } : {}),
      };
      broadcast(room, room.log.fold(data, room.clock.now(), agent));
      streamId = null;
      chunkSeq = 0;
    },
  };
}

function take(event: Exclude<RunEvent, { type: "text" }>, room: Room, run: RunState, stream: Stream): void {
  switch (event.type) {
    case "calling":
    case "acting":
    case "asked":
    case "note":
      return;
    case "speaker":
      emitSpeaker(room, event);
      break;
    case "passed":
      if (event.to) emitSpeaker(room, event.to);
      break;
    case "step":
      if (event.failure) logFailure(run.run_id, event.failure);
      if (event.doubt) logDoubt(run.run_id, event.doubt);
      stream.end(event.message_id, event.text, event.interrupted, event.agent);
      break;
    case "model_failed":
      logFailure(run.run_id, event.failure);
      return;
    case "model_busy": {
      const busy = { run_id: run.run_id, status: "model_busy", retry_in_ms: event.retry_in_ms } as const;
      broadcast(room, makeFrame("chat.run_status", busy, room.clock.now()));
      return;
    }
    case "usage":
      emitUsage(room, run, event);
      return;
    case "tool_call":
      if (!event.shown.call.hidden) emit(room, "chat.tool_call", toolCall(event.shown), event.agent);
      break;
    case "tool_progress": {
      const { tool_call_id, value, max, label } = event;
      const status = value >= max ? ("done" as const) : ("running" as const);
      emit(room, "chat.tool_progress", { tool_call_id, step: "progress", status, detail: label, value, max });
      break;
    }
    case "tool_result":
      if (event.closes) room.store.entries.close(event.call.tool_call_id);
      if (!event.call.hidden) emitToolResponse(room, event.call, event.seen ?? event.outcome, event.agent);
      break;
    case "paused":
      beginWait(room, run);
      emit(room, "chat.awaiting_reply", {
        reason: run.pending?.team ? "operator" : event.reason,
        tool_call_id: cardId(event.tool_call_id),
      });
      complete(room, run.run_id, "paused", `waiting for ${event.reason === "ui" ? "an answer" : "approval"}`);
      break;
    case "completed":
      complete(room, run.run_id, "completed", "done");
      break;
    case "cancelled":
      complete(room, run.run_id, "cancelled", "stopped");
      break;
    case "failed":
      fail(room, run.run_id, event.code, event.message, event.details);
      break;
    default:
      assertNever(event);
  }
}

function emitSpeaker(room: Room, { agent, workflow, title }: Place & { title: string }): void {
  emit(room, "chat.select_speaker", { agent, workflow, title }, agent);
}

/** Providers repeat keys and addresses in what they complain of: long words are left out of the log. */
function logFailure(runId: string, failure: string): void {
  const cause = failure.replace(/[^\s]{24,}/g, "…").slice(0, 200);
  consoleLog("warn", "model.failed", { run_id: runId, cause });
}

function complete(
  room: Room,
  runId: string,
  status: "completed" | "paused" | "cancelled",
  reason: string,
): void {
  emit(room, "chat.run_complete", { run_id: runId, status, reason });
}

function toolCall(shown: ShownCall) {
  return {
    tool_call_id: cardId(shown.call.tool_call_id),
    tool_name: shown.call.tool_name,
    interaction_type: shown.interaction,
    component_type: shown.component,
    display: shown.display ?? ("inline" as const),
    awaiting_response: shown.awaiting,
    payload: shown.payload,
  };
}

function logDoubt(runId: string, doubt: string): void {
  consoleLog("warn", "usage.doubtful", { run_id: runId, doubt });
}

function statusAfter(event: RunEvent): RunStatus {
  switch (event.type) {
    case "paused":
    case "completed":
    case "failed":
    case "cancelled":
      return event.type;
    default:
      return "running";
  }
}
