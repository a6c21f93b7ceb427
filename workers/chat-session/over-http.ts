import type { ErrorCode } from "#protocol/errors";
import { answerCard } from "./answer-card.ts";
import { answerPlan } from "./answer-plan.ts";
import type { Driver } from "./driver.ts";
import { metaOf } from "./join.ts";
import { makeFrame } from "./log.ts";
import type { Room } from "./room.ts";
import { GENERATOR, type SessionOpen } from "./session-open.ts";
import { submit } from "./take-input.ts";

// What clients without a socket do. Refusals are values: an error's class is lost on the way out of an object.
type Refused = { ok: false; code: ErrorCode; details: Record<string, unknown> };

/** `last_seq`: the message's own place in the log; what comes of it stands behind. */
export type Said = { ok: true; message_id: string; last_seq: number; repeated: boolean };

export function say(room: Room, input: Parameters<typeof submit>[1]): Said | Refused {
  const taken = submit(room, input);
  if (!taken.ok) return { ok: false, code: taken.code, details: {} };
  return { ...taken, last_seq: room.log.seqOf(taken.message_id) ?? room.log.lastSeq };
}

/** Errors: NOT_FOUND (no such card waits), CONFLICT (somebody else answered it), ANSWER_REFUSED (it does not fit). */
export async function respond(
  room: Room,
  open: SessionOpen,
  toolCallId: string,
  response: unknown,
): Promise<{ ok: true; last_seq: number } | Refused> {
  const { lastSeq } = room.log;
  const answered =
    open.workflow === GENERATOR
      ? await answerPlan(room, open.user_id, toolCallId, response)
      : answerCard(room, open.user_id, toolCallId, response);
  if (answered.ok) return { ok: true, last_seq: lastSeq };
  return { ok: false, code: answered.code, details: { reason: answered.reason } };
}

/** Errors: NOT_FOUND (nothing, or not that one, is going on). */
export function stop(driver: Driver, runId: string | undefined): { ok: true } | Refused {
  return driver.cancel(runId) ? { ok: true } : { ok: false, code: "NOT_FOUND", details: {} };
}

/** Errors: NOT_FOUND (no such message). */
export async function rate(
  room: Room,
  driver: Driver,
  userId: string,
  given: { message_id: string; value: "up" | "down"; comment?: string | undefined },
): Promise<{ ok: true } | Refused> {
  const { message_id, value, comment } = given;
  if (!room.log.hasMessage(message_id)) return { ok: false, code: "NOT_FOUND", details: {} };
  room.store.addFeedback(message_id, userId, value, comment, room.clock.now());
  await driver.noteFeedback({ kind: "feedback", message_id, user_id: userId, value });
  return { ok: true };
}

/** The log beyond `after`, then what comes. Null if too many read already. */
export function readOn(
  room: Room,
  open: SessionOpen,
  after: number,
  status: Parameters<typeof metaOf>[2],
): ReadableStream<Uint8Array> | null {
  if (room.streams.full) return null;
  const now = room.clock.now();
  const boundary = (replayed_messages: number) => {
    const { lastSeq: last_seq } = room.log;
    const total_messages = room.log.countMessages();
    const counts = { message_count: replayed_messages, total_messages, replayed_messages };
    return makeFrame("chat.resume_boundary", { chat_id: open.chat_id, ...counts, last_seq }, now);
  };
  const first = makeFrame("chat_meta", metaOf(room, open, status), now);
  return room.streams.open({ open, after, first, boundary });
}
