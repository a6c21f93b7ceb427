import { LIMITS } from "#base/limits";
import type { ChatLimits } from "#protocol/chat-limits";
import type { Room } from "./room.ts";

/** What the app has set of its chats. `at`: when, in milliseconds; 0 for never. `maintenance`: why nothing may be said. */
export type AppLimits = ChatLimits & { at: number; maintenance?: string };

const NONE: AppLimits = { chat_rate_per_minute: null, sockets_per_user: null, at: 0 };
const MINUTE_MS = 60_000;

export function appLimits(room: Room): AppLimits {
  return room.store.meta<AppLimits>("limits") ?? NONE;
}

/** Keeps what the chat was told; of two that came in the wrong order, the newer. */
export function keepAppLimits(room: Room, told: AppLimits = NONE): void {
  if (told.at > appLimits(room).at) room.store.setMeta("limits", told);
}

export function socketsPerUser(room: Room): number {
  return Math.min(
    appLimits(room).sockets_per_user ?? LIMITS.socketsPerUserPerChat,
    LIMITS.socketsPerUserPerChat,
  );
}

export type TooSoon = {
  ok: false;
  code: "RATE_LIMITED";
  details: { limit: "chat_rate_per_minute"; max: number; retry_after_s: number };
};

export type UnderWork = {
  ok: false;
  code: "MAINTENANCE";
  details: { maintenance: string; retry_after_s: number };
};

/** Why no message may be taken now, by the app's rate or its maintenance; null where one may. Changes nothing. */
export function tooSoon(room: Room): TooSoon | UnderWork | null {
  const { chat_rate_per_minute: max, maintenance } = appLimits(room);
  if (maintenance) {
    const details = { maintenance, retry_after_s: LIMITS.maintenanceRetryS };
    return { ok: false, code: "MAINTENANCE", details };
  }
  if (max === null) return null;
  const now = room.clock.now();
  const recent = takenSince(room, now);
  if (recent.length < max) return null;
  const free = recent[recent.length - max]! + MINUTE_MS;
  const retry_after_s = Math.max(1, Math.ceil((free - now) / 1_000));
  return { ok: false, code: "RATE_LIMITED", details: { limit: "chat_rate_per_minute", max, retry_after_s } };
}

/** Notes a message that was taken: in a row, so that a hibernation gives nothing back (T64). No rate, no row. */
export function countTaken(room: Room): void {
  if (appLimits(room).chat_rate_per_minute === null) return;
  const now = room.clock.now();
  room.store.setMeta("taken_at", [...takenSince(room, now), now]);
}

/** A clock that steps back frees nothing: what lies ahead of it counts as of now. */
function takenSince(room: Room, now: number): number[] {
  const all = room.store.meta<number[]>("taken_at") ?? [];
  return all.map((at) => Math.min(at, now)).filter((at) => at > now - MINUTE_MS);
}
