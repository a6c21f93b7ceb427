import { LIMITS } from "#base/limits";

/** What to do with a live frame for a socket: send it, hold it back from now on (`behind`) or still, or end the socket. */
export type Flow = "send" | "fall_behind" | "stay_behind" | "let_go";

/**
 * Decides by what waits for the socket's reader, in bytes (undefined where the runtime does not tell), by whether it was
 * told to resync and has not asked yet, and by whether too much was sent to it since it was last heard of. Pure.
 */
export function flowOf(buffered: number | undefined, behind: boolean, unheard = false): Flow {
  const waiting = buffered ?? 0;
  if (waiting > LIMITS.socketLostBytes) return "let_go";
  if (behind) return "stay_behind";
  return unheard || waiting > LIMITS.socketBehindBytes ? "fall_behind" : "send";
}
