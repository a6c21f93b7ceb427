import type { ErrorCode } from "#protocol/errors";
import { answerBuildCard } from "./answer-build-card.ts";
import { answerCard } from "./answer-card.ts";
import { stopsBuild } from "./builds.ts";
import type { Driver } from "./driver.ts";
import { isMeant } from "./is-meant.ts";
import { metaOf } from "./join.ts";
import { makeFrame } from "./log.ts";
import { noteOpinion } from "./note-happening.ts";
import type { Room } from "./room.ts";
import { GENERATOR, type SessionOpen } from "./session-open.ts";
import { submit } from "./take-input.ts";
import { visibleTo } from "./visible-to.ts";

// What clients without a socket do. Refusals are values: an error's class is lost on the way out of an object.
type Refused = { ok: false; code: ErrorCode; details: Record<string, unknown> };

export type WithoutSocket =
  | { do: "say"; input: Parameters<typeof submit>[1] }
  | { do: "respond"; tool_call_id: string; response: unknown }
  | { do: "stop"; run_id: string | undefined }
  | { do: "rate"; message_id: string; value: "up" | "down"; comment: string | undefined };
/** `last_seq`: what comes of it stands behind it in the log. `message_id`, `repeated`: of something said. */
type Done = { ok: true; message_id: string; last_seq: number; repeated: boolean };

/** One thing that a client without a socket does. Errors: those of the function that does it. */
export async function withoutSocket(
  room: Room,
  driver: Driver,
  open: SessionOpen,
  ask: WithoutSocket,
): Promise<Done | Refused> {
  const done = { ok: true, message_id: "", last_seq: room.log.lastSeq, repeated: false } as const;
  switch (ask.do) {
    case "say":
      return say(room, driver, open, ask.input);
    case "respond":
      return { ...done, ...(await respond(room, driver, open, ask.tool_call_id, ask.response)) } as
        | Done
        | Refused;
    case "stop":
      return { ...done, ...stop(driver, ask.run_id) } as Done | Refused;
    case "rate":
      return { ...done, ...(await rate(room, driver, open.user_id, ask)) } as Done | Refused;
  }
}

/** `last_seq`: the message's own place in the log; what comes of it stands behind. */
type Said = { ok: true; message_id: string; last_seq: number; repeated: boolean };

function say(
  room: Room,
  driver: Driver,
  open: SessionOpen,
  input: Parameters<typeof submit>[1],
): Said | Refused {
  const taken = submit(room, input);
  if (!taken.ok) return { ok: false, code: taken.code, details: taken.details ?? {} };
  if (open.workflow === GENERATOR) stopsBuild(room, driver, taken.message_id, input.text);
  return { ...taken, last_seq: room.log.seqOf(taken.message_id) ?? room.log.lastSeq };
}

/** Errors: NOT_FOUND (no such card waits), CONFLICT (somebody else answered it), ANSWER_REFUSED (it does not fit). */
async function respond(
  room: Room,
  driver: Driver,
  open: SessionOpen,
  toolCallId: string,
  response: unknown,
): Promise<{ ok: true; last_seq: number } | Refused> {
  const { lastSeq } = room.log;
  const answered =
    open.workflow === GENERATOR
      ? await answerBuildCard(room, open.user_id, toolCallId, response, driver.plans)
      : answerCard(room, open.user_id, toolCallId, response);
  if (answered.ok) return { ok: true, last_seq: lastSeq };
  return { ok: false, code: answered.code, details: { reason: answered.reason } };
}

/** Errors: NOT_FOUND (nothing, or not that one, is going on). */
function stop(driver: Driver, runId: string | undefined): { ok: true } | Refused {
  return driver.cancel(runId) ? { ok: true } : { ok: false, code: "NOT_FOUND", details: {} };
}

/** Errors: NOT_FOUND (no such message). */
async function rate(
  room: Room,
  driver: Driver,
  userId: string,
  given: { message_id: string; value: "up" | "down"; comment?: string | undefined },
): Promise<{ ok: true } | Refused> {
  const { message_id, value, comment } = given;
  if (!room.log.hasMessage(message_id)) return { ok: false, code: "NOT_FOUND", details: {} };
  room.store.addFeedback(message_id, userId, value, comment, room.clock.now());
  noteOpinion(room, userId, { message_id, value, comment });
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

/** A page of the log as this caller may see it, as the JSON text of `{items, next_cursor}`. */
export function readPage(room: Room, open: SessionOpen, after: number, limit: number): string {
  const frames = isMeant(room, open) ? room.log.read(after, limit + 1) : [];
  const page = frames.slice(0, limit);
  const items = page.map((frame) => visibleTo(frame, open.sees)).filter((frame) => frame !== null);
  return JSON.stringify({ items, next_cursor: frames.length > limit ? String(page.at(-1)?.seq) : null });
}

/** Where in the log the run stands that is going on; null: none is. */
export function runUnderWay(
  room: Room,
  driver: Driver,
): { first: number; latest: number; last_seq: number } | null {
  if (driver.status() !== "running") return null;
  const run = room.store.lastRun();
  const { lastSeq: last_seq } = room.log;
  const starts = run?.status === "running" ? room.log.startsOf(run.run_id) : null;
  return { first: last_seq + 1, latest: last_seq + 1, ...starts, last_seq };
}
