import type { Driver } from "./driver.ts";
import type { Guest, Seat } from "./guests.ts";
import { join, resume } from "./join.ts";
import { makeRoomFor } from "./make-room-for.ts";
import type { Room } from "./room.ts";
import { OPEN_HEADER, type SessionOpen } from "./session-open.ts";

/** Somebody connects, and gets what they lack of the log. Only the gateway writes who they are. */
export function takeSeat(room: Room, driver: Driver, guest: Guest, request: Request): void {
  const told = decodeURIComponent(request.headers.get(OPEN_HEADER) ?? "null");
  const open = JSON.parse(told) as SessionOpen | null;
  const known = room.store.meta<SessionOpen>("open") !== null;
  if (!open || (open.operator && !known) || !driver.admit(open)) {
    guest.close(1008, "Not your chat.");
    return;
  }
  guest.setState(seatOf(open, room.clock.now()));
  makeRoomFor(room, guest);
  const after = Number(new URL(request.url).searchParams.get("after") ?? -1);
  join(room, guest, open, driver.status());
  resume(room, guest, Number.isInteger(after) && after >= -1 ? after : -1);
}

function seatOf({ user_id, operator, session_id, key_id, host, sees }: SessionOpen, since: number): Seat {
  const seat = { user_id: operator?.user_id ?? user_id, sees, since };
  const by = { ...(session_id && { session_id }), ...(key_id && { key_id }), ...(host && { host }) };
  return { ...seat, ...by, ...(operator && { operator: true }) };
}
