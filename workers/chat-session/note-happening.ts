import { isoTime } from "#base/clock";
import { LIMITS } from "#base/limits";
import type { BuildState } from "#generator/build-state";
import type { Alert } from "#ledger/alerts";
import type { WebhookData } from "#protocol/api/webhook-event";
import type { ErrorCode } from "#protocol/errors";
import type { RunState } from "#runtime/run-state";
import { cardId } from "#runtime/set-aside";
import type { Room } from "./room.ts";
import { GENERATOR, type SessionOpen } from "./session-open.ts";

// What happened in a chat, for the owner's own server: only what they may see of it anyway.

const NOTHING = { input_tokens: 0, output_tokens: 0, cost_nano: "0" };

/** A run ended; `run` is null where it broke before it began. */
export function noteRunEnd(
  room: Room,
  runId: string,
  run: Pick<RunState, "workflow" | "used"> | null,
  status: WebhookData["chat.finished"]["status"],
  errorCode: ErrorCode | null,
): void {
  const open = openOf(room);
  if (!open || open.workflow === GENERATOR || !room.happenings.wants("chat.finished")) return;
  const { input_tokens, output_tokens, cost_nano } = run?.used ?? NOTHING;
  const text = room.happenings.wantsText() ? room.log.textOfRun(runId) : null;
  room.happenings.note(open.enterprise_id, "chat.finished", runId, {
    ...ofChat(open, run?.workflow),
    run_id: runId,
    status,
    error_code: errorCode,
    usage: { input_tokens, output_tokens, total_tokens: input_tokens + output_tokens, cost_nano },
    ...(text ? { text: { message: text.message && cut(text.message), answer: cut(text.answer) } } : {}),
  });
}

/** A run waits for a yes, or for a human. Answers of people to a model's own questions are nobody else's business. */
export function noteWait(room: Room, run: RunState): void {
  const open = openOf(room);
  const { pending } = run;
  if (!open || !pending || pending.kind === "ui") return;
  const waits = {
    ...ofChat(open, run.workflow),
    run_id: run.run_id,
    tool_call_id: cardId(pending.tool_call_id),
    expires_at: pending.expires_at === undefined ? null : isoTime(pending.expires_at),
  };
  const { enterprise_id } = open;
  if (pending.kind === "operator") {
    room.happenings.note(enterprise_id, "operator.requested", waits.tool_call_id, waits);
    return;
  }
  room.happenings.note(enterprise_id, "approval.waiting", waits.tool_call_id, {
    ...waits,
    waits_for: pending.team ? "team" : "person",
    tool_name: pending.team?.call.tool_name ?? null,
  });
}

export function noteBuildEnd(room: Room, build: BuildState): void {
  const { status, build_id, chat_id, version, error } = build;
  if (status !== "live" && status !== "failed" && status !== "cancelled") return;
  room.happenings.note(build.enterprise_id, "build.finished", build_id, {
    ...{ build_id, chat_id, status },
    version: version ?? null,
    error_code: error?.code ?? null,
  });
}

/** Several chats hear of one limit, and tell it by the same id. What building costs is not the app's. */
export function noteAlert(room: Room, alert: Alert): void {
  const open = openOf(room);
  if (!open || open.payer !== open.enterprise_id) return;
  const { alert_id, scope, key, threshold, spent_nano, limit_nano } = alert;
  room.happenings.note(open.enterprise_id, "budget.reached", String(alert_id), {
    ...{ scope, key, threshold_percent: threshold },
    spent_nano: String(spent_nano),
    limit_nano: String(limit_nano),
  });
}

/** Somebody's opinion of a message; another one later is another happening. */
export function noteOpinion(
  room: Room,
  userId: string,
  it: { message_id: string; value: "up" | "down"; comment?: string | undefined },
): void {
  const open = openOf(room);
  if (!open || open.workflow === GENERATOR) return;
  const { message_id, value, comment } = it;
  const key = `${message_id}_${room.clock.now()}`;
  room.happenings.note(open.enterprise_id, "feedback.given", key, {
    ...ofChat(open),
    user_id: userId,
    ...{ message_id, value },
    ...(comment && room.happenings.wantsText() ? { comment: cut(comment) } : {}),
  });
}

function openOf(room: Room): SessionOpen | null {
  return room.store.meta<SessionOpen>("open");
}

function ofChat({ chat_id, user_id, workflow }: SessionOpen, now = workflow) {
  return { chat_id, user_id, workflow: now };
}

function cut(text: string): string {
  return text.slice(0, LIMITS.webhookTextMaxChars).toWellFormed();
}
