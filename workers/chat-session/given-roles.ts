import type { GivenRoles } from "#runtime/roles";
import type { Room } from "./room.ts";

/** The app's roles that the chat's person was given. `at`: rises with each change. */
export type ToldRoles = { roles: GivenRoles; at: number };

const NONE: ToldRoles = { roles: [], at: -1 };

export function toldRoles(room: Room): ToldRoles {
  return room.store.meta<ToldRoles>("roles") ?? NONE;
}

/** Keeps what the chat was told; of two that came in the wrong order, the newer. They count from its next turn on (T13). */
export function keepRoles(room: Room, told: ToldRoles | undefined): void {
  if (told && told.at > toldRoles(room).at) room.store.setMeta("roles", told);
}
