import type { Connection } from "agents/lifecycle";
import type { Clock } from "#base/clock";
import type { NewId } from "#base/new-id";
import { ERRORS, type ErrorCode } from "#protocol/errors";
import type { DownData, DownFrame, DownType } from "#protocol/frames/down";
import { type Log, makeFrame } from "./log.ts";
import type { SessionOpen } from "./session-open.ts";
import type { Store } from "./store.ts";
import type { Streams } from "./streams.ts";
import { visibleTo } from "./visible-to.ts";

/** What a connection carries through hibernation. */
export type Seat = { user_id: string; sees: SessionOpen["sees"]; since: number };
/** Whoever has no seat yet sees what everybody may. */
export const SEES_NOTHING: SessionOpen["sees"] = { cost: false, balance: false };
export type Guest = Connection<Seat>;

/** A chat with everybody who is connected to it: what is said goes to the log first, then to all. */
export type Room = {
  log: Log;
  store: Store;
  clock: Clock;
  newId: NewId;
  guests: () => Iterable<Guest>;
  /** Those who read over HTTP. */
  streams: Streams;
};

/** Writes a frame to the log and sends it to everyone. The platform holds it back until the write is durable. */
export function emit<T extends DownType>(room: Room, type: T, data: DownData<T>, agent?: string): void {
  broadcast(room, room.log.append(type, data, room.clock.now(), agent));
}

export function broadcast(room: Room, frame: DownFrame): void {
  room.streams.wake();
  const whole = JSON.stringify(frame);
  for (const guest of room.guests()) {
    const seen = visibleTo(frame, guest.state?.sees ?? SEES_NOTHING);
    if (seen) push(guest, seen === frame ? whole : JSON.stringify(seen));
  }
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
