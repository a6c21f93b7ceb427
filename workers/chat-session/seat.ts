import type { Driver } from "./driver.ts";
import type { Guest } from "./guests.ts";
import { join, resume } from "./join.ts";
import { makeRoomFor } from "./make-room-for.ts";
import type { Room } from "./room.ts";
import { OPEN_HEADER, type SessionOpen } from "./session-open.ts";

/** Gives a new socket its place: who it is, what it may see, and what it has missed. */
export function seat(room: Room, driver: Driver, guest: Guest, request: Request): void {
  const open = JSON.parse(
    decodeURIComponent(request.headers.get(OPEN_HEADER) ?? "null"),
  ) as SessionOpen | null;
  const known = room.store.meta<SessionOpen>("open") !== null;
  if (!open || (open.operator && !known) || !driver.admit(open)) {
    guest.close(1008, "Not your chat.");
    return;
  }
  const since = room.clock.now();
  guest.setState(
    open.operator
      ? { user_id: open.operator.user_id, sees: open.sees, since, operator: true }
      : { user_id: open.user_id, sees: open.sees, since },
  );
  makeRoomFor(room, guest);
  const after = Number(new URL(request.url).searchParams.get("after") ?? -1);
  join(room, guest, open, driver.status());
  resume(room, guest, Number.isInteger(after) && after >= -1 ? after : -1);
}
