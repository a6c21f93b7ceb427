import { type AppLimits, keepAppLimits } from "./app-limits.ts";
import { keepRoles, type ToldRoles } from "./given-roles.ts";
import { makeRoom } from "./make-room-for.ts";
import type { Room } from "./room.ts";

/** What has changed of the app, or of what its team has given to the chat's person. */
export type Told = { limits?: AppLimits; roles?: ToldRoles };

/** Keeps it, from now on. A chat that nobody has opened yet is told when it is. */
export function keepTold(room: Room, { limits, roles }: Told): void {
  if (room.store.meta("open") === null) return;
  keepRoles(room, roles);
  keepAppLimits(room, limits);
  makeRoom(room);
}
