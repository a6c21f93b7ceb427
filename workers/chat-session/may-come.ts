import { LIMITS } from "#base/limits";
import type { ErrorCode } from "#protocol/errors";
import { type Allowance, refuseFrom, storedFor, takeFrameFrom } from "./allowance.ts";
import { flowOf } from "./flow.ts";
import type { Guest } from "./guests.ts";
import { letGo, type Room, tellError } from "./room.ts";

/** Whether a socket may send one more frame now. One that sends too many is told so, and closed if it goes on. */
export function mayCome(room: Room, guest: Guest): boolean {
  room.unheard.heard(guest);
  if (flowOf(guest.bufferedAmount, false) === "let_go") {
    letGo(guest);
    return false;
  }
  const { is, left } = takeFrameFrom(guest.allowance, room.clock.now());
  if (is === "flooded") close(guest);
  else keep(guest, left);
  if (is === "refused") tellError(room, guest, "RATE_LIMITED", room.newId("req"));
  return is === "taken";
}

/** A frame that is no use is answered on its own socket, which stays open unless nothing else ever comes. */
export function refuseFrame(
  room: Room,
  guest: Guest,
  code: ErrorCode,
  details?: Record<string, unknown>,
): void {
  const { is, left } = refuseFrom(guest.allowance, room.clock.now());
  if (is === "flooded") {
    close(guest);
    return;
  }
  keep(guest, left);
  tellError(room, guest, code, room.newId("req"), details);
}

/**
 * A new message that was taken does not count: how many may wait, and what they cost, bounds them by itself, and a
 * quick conversation is no flood.
 */
export function giveBack(guest: Guest): void {
  const left = guest.allowance;
  if (left) keep(guest, { ...left, frames: Math.min(LIMITS.socketFramesBurst, left.frames + 1) });
}

function keep(guest: Guest, left: Allowance): void {
  guest.allowance = left;
  if (!guest.state) return;
  const allowance = storedFor(left, guest.state.allowance);
  if (allowance !== guest.state.allowance) guest.setState({ ...guest.state, allowance });
}

function close(guest: Guest): void {
  guest.close(1008, "Too many frames that are of no use.");
}
