import { consoleLog } from "#base/console-log";
import type { LogFields } from "#base/log";
import type { ErrorCode } from "#protocol/errors";
import { cardId } from "#runtime/set-aside";
import type { Outcome } from "#runtime/transcript";
import { emit, errorData, type Room } from "./room.ts";

export function emitToolResponse(
  room: Room,
  call: { tool_call_id: string; tool_name: string },
  outcome: Outcome,
  agent?: string,
): void {
  const status = outcome.ok
    ? "ok"
    : outcome.declined
      ? "declined"
      : outcome.dismissed
        ? "dismissed"
        : "failed";
  const { tool_name } = call;
  const tool_call_id = cardId(call.tool_call_id);
  emit(
    room,
    "chat.tool_response",
    { tool_call_id, tool_name, status, success: outcome.ok, content: outcome },
    agent,
  );
}

/** A run that can't go on: the error, then its end. Causes of our own faults are for the log only. */
export function fail(
  room: Room,
  runId: string,
  code: ErrorCode,
  message: string,
  details?: Record<string, unknown>,
): void {
  if (code === "INTERNAL") {
    consoleLog("error", "run.failed", { ...(details as LogFields), run_id: runId });
    emit(room, "chat.error", errorData(code, runId, message));
  } else emit(room, "chat.error", errorData(code, runId, message, details));
  emit(room, "chat.run_complete", {
    run_id: runId,
    status: "failed",
    reason: code,
    error: { code, message },
  });
}
