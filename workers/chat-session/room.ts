import type { Clock } from "#base/clock";
import { LIMITS } from "#base/limits";
import type { NewId } from "#base/new-id";
import { ERRORS, type ErrorCode } from "#protocol/errors";
import type { DownData, DownFrame, DownType } from "#protocol/frames/down";
import type { Attachments } from "./attachments.ts";
import { flowOf } from "./flow.ts";
import type { Guest } from "./guests.ts";
import type { Happenings } from "./happenings.ts";
import { type Log, makeFrame } from "./log.ts";
import type { ReplayBudget } from "./replay-budget.ts";
import type { SessionOpen } from "./session-open.ts";
import type { Store } from "./store.ts";
import type { Streams } from "./streams.ts";
import type { Unheard } from "./unheard.ts";
import { visibleTo } from "./visible-to.ts";
import type { Waits } from "./waits.ts";

/** Whoever has no seat yet sees what everybody may. */
export const SEES_NOTHING: SessionOpen["sees"] = { cost: false, balance: false };

/** A chat with everybody who is connected to it: what is said goes to the log first, then to all. */
export type Room = {
  /** The object's own name, `{enterprise_id}:{chat_id}`. */
  name: string | undefined;
  log: Log;
  store: Store;
  waits: Waits;
  happenings: Happenings;
  attachments: Attachments;
  clock: Clock;
  newId: NewId;
  guests: () => Iterable<Guest>;
  /** Those who read over HTTP. */
  streams: Streams;
  replays: ReplayBudget;
  unheard: Unheard<Guest>;
};

/** Writes a frame to the log and sends it to everyone. The platform holds it back until the write is durable. */
export function emit<T extends DownType>(room: Room, type: T, data: DownData<T>, agent?: string): void {
  broadcast(room, room.log.append(type, data, room.clock.now(), agent));
}

export function broadcast(room: Room, frame: DownFrame): void {
  room.streams.wake();
  const whole = JSON.stringify(frame);
  for (const guest of room.guests()) {
    if (endOfAge(room, guest)) continue;
    const flow = flowOf(guest.bufferedAmount, guest.state?.behind ?? false, room.unheard.isTooMuch(guest));
    if (flow === "let_go") letGo(guest);
    if (flow === "fall_behind") fallBehind(room, guest, (frame.seq ?? room.log.lastSeq + 1) - 1);
    if (flow !== "send") continue;
    const seen = visibleTo(frame, guest.state?.sees ?? SEES_NOTHING);
    if (!seen) continue;
    push(guest, seen === frame ? whole : JSON.stringify(seen));
    room.unheard.add(guest, whole.length);
  }
}

/**
 * Tells a reader that it lacks what comes after `lastSeq`. It gets no live frames until it has asked: what waits for it
 * must not grow. It reads this when it has read all that was sent before, so its question says that there is room.
 */
export function fallBehind(room: Room, guest: Guest, lastSeq: number, messages = 0): void {
  if (guest.state) guest.setState({ ...guest.state, behind: true });
  tell(room, guest, "chat.resume_boundary", { ...boundary(room, lastSeq, messages), gap: true });
}

export function boundary(room: Room, lastSeq: number, messages: number): DownData<"chat.resume_boundary"> {
  return {
    chat_id: room.store.meta<SessionOpen>("open")?.chat_id ?? "",
    message_count: messages,
    total_messages: room.log.countMessages(),
    replayed_messages: messages,
    last_seq: lastSeq,
  };
}

/**
 * Closes a socket that has been open for its longest time, before anything more goes out or comes in: nobody stays
 * signed in by never leaving. The client comes back with a fresh token.
 */
export function endOfAge(room: Room, guest: Guest): boolean {
  if (!guest.state || room.clock.now() - guest.state.since <= LIMITS.socketMaxAgeMs) return false;
  tellError(room, guest, "TOKEN_EXPIRED", room.newId("req"));
  guest.close(4401, "TOKEN_EXPIRED");
  return true;
}

/** For a reader that does not read, or asks for more than it may: it comes back by its own patience. */
export function letGo(guest: Guest): void {
  guest.close(1013, "Too slow, or too much at once. Come back in a moment.");
}

/** A frame of one connection only. */
export function tell<T extends DownType>(room: Room, guest: Guest, type: T, data: DownData<T>): void {
  push(guest, JSON.stringify(makeFrame(type, data, room.clock.now())));
}

export function tellError(
  room: Room,
  guest: Guest,
  code: ErrorCode,
  requestId: string,
  details?: Record<string, unknown>,
): void {
  tell(room, guest, "chat.error", errorData(code, requestId, ERRORS[code].message, details));
}

export function errorData(
  code: ErrorCode,
  requestId: string,
  message: string,
  details?: Record<string, unknown>,
): DownData<"chat.error"> {
  const { retryable } = ERRORS[code];
  return {
    code,
    error_code: code,
    message,
    retryable,
    request_id: requestId,
    ...(details ? { details } : {}),
  };
}

export function push(guest: Guest, text: string): void {
  try {
    guest.send(text);
  } catch {
    // The socket went away between two frames; it resumes from the log.
  }
}
