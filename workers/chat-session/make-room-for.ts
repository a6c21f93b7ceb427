import { LIMITS } from "#base/limits";
import { socketsPerUser } from "./app-limits.ts";
import type { Guest } from "./guests.ts";
import { errorData, type Room, tell } from "./room.ts";

const MESSAGE = "This chat is open in too many places.";
const CROWDED = "You have too many chats open, and this one for the longest time.";

/** A person has only so many sockets on one chat: the oldest ones go (T62), and are told why. Not final: 4429. */
export function makeRoomFor(room: Room, newest: Guest): void {
  const max = socketsPerUser(room);
  const own = [...room.guests()].filter(
    (guest) => guest !== newest && guest.state?.user_id === newest.state?.user_id,
  );
  const tooMany = own.length + 1 - max;
  if (tooMany <= 0) return;
  own.sort((a, b) => (a.state?.since ?? 0) - (b.state?.since ?? 0));
  for (const guest of own.slice(0, tooMany))
    letOneGo(room, guest, MESSAGE, { limit: "sockets_per_user", max });
}

/** Somebody has opened too many other chats since (T62): all of their sockets here. */
export function makeRoomElsewhere(room: Room, userId: string): void {
  const details = { limit: "open_chats", max: LIMITS.openChatsPerPerson };
  for (const guest of room.guests())
    if (guest.state?.user_id === userId) letOneGo(room, guest, CROWDED, details);
}

/** After the app has set another limit: everybody's oldest ones. */
export function makeRoom(room: Room): void {
  const newest = new Map<string, Guest>();
  for (const guest of room.guests()) {
    const { user_id, since } = guest.state ?? { user_id: "", since: 0 };
    if (since >= (newest.get(user_id)?.state?.since ?? 0)) newest.set(user_id, guest);
  }
  for (const guest of newest.values()) makeRoomFor(room, guest);
}

function letOneGo(room: Room, guest: Guest, message: string, details: Record<string, unknown>): void {
  tell(room, guest, "chat.error", errorData("RATE_LIMITED", room.newId("req"), message, details));
  guest.close(4429, message);
}
