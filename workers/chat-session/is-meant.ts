import type { Room } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";

/** Whether a verified caller means this very chat: an object answers for the tenant and chat it is named after (T06). */
export function isMeant(room: Pick<Room, "name">, { enterprise_id, chat_id }: SessionOpen): boolean {
  return room.name === `${enterprise_id}:${chat_id}`;
}
