import { LIMITS } from "#base/limits";

export const FEED_INTERVAL_MS = 1_000 / LIMITS.usageFramesPerSecond;

/** How far apart a watcher's frames are. Many watchers get them less often: they must not slow what they watch. */
export function intervalMs(watchers: number): number {
  return Math.max(FEED_INTERVAL_MS, (1_000 * watchers) / LIMITS.usageFramesPerSecondOfAll);
}

/** The last frame a socket got. */
export type Sent = { seq: number; at: number };

/**
 * Whether a watcher gets a frame now, later or not at all. The first change after a pause goes out at once;
 * those that follow share one frame at the end of the interval, so the last of them always arrives.
 */
export function paceOf(
  sent: Sent | undefined,
  seq: number,
  now: number,
  interval: number = FEED_INTERVAL_MS,
): { send: true } | { send: false; wakeAt: number | null } {
  if (sent?.seq === seq) return { send: false, wakeAt: null };
  // A clock that went back must not silence the feed for as long as it went back.
  const elapsed = sent === undefined ? interval : Math.abs(now - sent.at);
  if (elapsed >= interval) return { send: true };
  return { send: false, wakeAt: now + interval - elapsed };
}
