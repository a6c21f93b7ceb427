import { type AppLimits, keepAppLimits } from "./app-limits.ts";
import { keepRoles, type ToldRoles } from "./given-roles.ts";
import { makeRoom } from "./make-room-for.ts";
import type { Room } from "./room.ts";

/** What has changed of the app, or of what its team has given to the chat's person. */
export type Told = { limits?: AppLimits | undefined; roles?: ToldRoles | undefined };

/** Keeps it, from now on. A chat that nobody has opened yet is told when it is. */
export function keepTold(room: Room, told: Told): void {
  if (room.store.meta("open") === null) return;
  keep(room, told);
  makeRoom(room);
}

/** Of what comes in the wrong order the newer stays. */
export function keep(room: Room, { limits, roles }: Told): void {
  keepRoles(room, roles);
  keepAppLimits(room, limits);
}
