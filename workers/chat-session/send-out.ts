import type { Guest, Room } from "./room.ts";
import { leave } from "./team.ts";

/** Somebody whose rights have changed; with `session_id`, somebody whose session has ended: their others stay. */
export type Whom = { user_id: string; session_id?: string };

/**
 * Closes every socket and stream of theirs (4401). Whose rights have changed has the chat taken out of their hands as
 * well. @returns whether there is something to go on with
 */
export function sendOut(room: Room, whom: Whom): boolean {
  room.streams.end(whom);
  for (const guest of room.guests()) if (isOf(guest, whom)) guest.close(4401, reasonOf(whom));
  return whom.session_id === undefined && leave(room, whom.user_id).ok;
}

function isOf({ state }: Guest, { user_id, session_id }: Whom): boolean {
  return state?.user_id === user_id && (session_id === undefined || state.session_id === session_id);
}

function reasonOf({ session_id }: Whom): string {
  return session_id === undefined
    ? "Your rights have changed. Connect again."
    : "You have signed out. Sign in again.";
}
