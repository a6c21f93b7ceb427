import { LIMITS } from "#base/limits";

/** What a socket may still send. */
export type Allowance = { frames: number; refusals: number; at: number };

type Verdict = { is: "taken" | "refused" | "flooded"; left: Allowance };

/** One frame more. `refused` when too many came in too short a time, `flooded` when that goes on. Pure. */
export function takeFrameFrom(before: Allowance | undefined, now: number): Verdict {
  const left = refilled(before, now);
  if (left.frames < 1) return refuseFrom(left, now);
  return { is: "taken", left: { ...left, frames: left.frames - 1 } };
}

/** One refusal more, whatever it was for: a client that only sends what is refused is let go. Pure. */
export function refuseFrom(before: Allowance | undefined, now: number): Verdict {
  const left = refilled(before, now);
  if (left.refusals < 1) return { is: "flooded", left };
  return { is: "refused", left: { ...left, refusals: left.refusals - 1 } };
}

/** Frames and refusals that are written off ahead: the socket's own row is written once for so many, not for each. */
const AHEAD = 10;

/**
 * What stands on the socket, and a wake begins with: always less than there is, so that leaving memory gives nothing
 * back (T64). Pure. @returns `stored` itself as long as that holds
 */
export function storedFor(left: Allowance, stored: Allowance | undefined): Allowance {
  if (stored) {
    const woken = refilled(stored, left.at);
    if (woken.frames <= left.frames && woken.refusals <= left.refusals) return stored;
  }
  return { frames: left.frames - AHEAD, refusals: left.refusals - AHEAD, at: left.at };
}

function refilled(before: Allowance | undefined, now: number): Allowance {
  const {
    socketFramesBurst: frames,
    socketFramesPerSecond: perSecond,
    socketRefusalsBurst: refusals,
  } = LIMITS;
  if (!before) return { frames, refusals, at: now };
  // A clock that steps back gives nothing.
  const seconds = Math.max(0, now - before.at) / 1_000;
  return {
    frames: Math.min(frames, before.frames + seconds * perSecond),
    refusals: Math.min(refusals, before.refusals + seconds),
    at: now,
  };
}
