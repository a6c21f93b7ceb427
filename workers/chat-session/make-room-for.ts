import { LIMITS } from "#base/limits";
import type { Guest } from "./guests.ts";
import type { Room } from "./room.ts";

/** A person has only so many sockets on one chat: the oldest ones go (T62). Not final: 4429 says why. */
export function makeRoomFor(room: Room, newest: Guest): void {
  const own = [...room.guests()].filter(
    (guest) => guest !== newest && guest.state?.user_id === newest.state?.user_id,
  );
  const tooMany = own.length + 1 - LIMITS.socketsPerUserPerChat;
  if (tooMany <= 0) return;
  own.sort((a, b) => (a.state?.since ?? 0) - (b.state?.since ?? 0));
  for (const guest of own.slice(0, tooMany)) guest.close(4429, "This chat is open in too many places.");
}
