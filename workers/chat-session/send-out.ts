import { makeRoomElsewhere } from "./make-room-for.ts";
import type { Room } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";
import { leave } from "./team.ts";

/**
 * Somebody whose rights have changed; with `session_ids`, somebody who has ended these: their others stay. Or whoever
 * was signed in by keys that are no more, or came by a host that is no longer the app's.
 */
type Barred = { user_id: string; session_ids?: string[] } | { key_ids: string[] } | { host: string };
/** `crowded`: somebody who has too many other chats open. */
export type Whom = Barred | { crowded: string };

/**
 * Closes every socket and stream of theirs (4401; 1008 for a host, where there is nothing to come back to). Whose rights have changed has the chat taken out of their hands as
 * well. @returns whether there is something to go on with
 */
export function sendOut(room: Room, whom: Whom): boolean {
  if ("crowded" in whom) {
    makeRoomElsewhere(room, whom.crowded);
    return false;
  }
  room.streams.end((open) => isOf(open, whom));
  for (const guest of room.guests())
    if (guest.state && isOf(guest.state, whom)) guest.close("host" in whom ? 1008 : 4401, reasonOf(whom));
  return "user_id" in whom && whom.session_ids === undefined && leave(room, whom.user_id).ok;
}

type Seated = { user_id: string; session_id?: string; key_id?: string; host?: string };

function isOf(it: Seated, whom: Barred): boolean {
  if ("key_ids" in whom) return it.key_id !== undefined && whom.key_ids.includes(it.key_id);
  if ("host" in whom) return it.host === whom.host;
  const { user_id, session_ids } = whom;
  if (it.user_id !== user_id) return false;
  return !session_ids || (it.session_id !== undefined && session_ids.includes(it.session_id));
}

function reasonOf(whom: Barred): string {
  if ("key_ids" in whom) return "You are signed out. Sign in again.";
  if ("host" in whom) return "This address is no longer the app's.";
  return whom.session_ids
    ? "You have signed out. Sign in again."
    : "Your rights have changed. Connect again.";
}

/** Closes what the chat's own person has open (1008, and why); who looks on from the team stays. */
export function closeToOwner(room: Room, why: "APP_UNPUBLISHED" | "NOT_ADMITTED"): void {
  const open = room.store.meta<SessionOpen>("open");
  if (open) room.streams.end((reader) => reader.user_id === open.user_id);
  for (const guest of room.guests()) if (!guest.state?.operator) guest.close(1008, why);
}
