import { isoTime } from "#base/clock";
import { LIMITS } from "#base/limits";
import type { LedgerDeps } from "#ledger/deps";
import { readSeq } from "#ledger/seq";
import { usage } from "#ledger/usage";
import type { UsageFrame } from "#protocol/api/usage";
import { SCHEMA_VERSION } from "#protocol/version";
import { paceOf, type Sent } from "./feed-pace.ts";

export type UsageFeed = {
  /** The first frame of a new watcher. */
  greet(deps: LedgerDeps, socket: WebSocket): void;
  /** Tells every watcher that is due. @returns when to be called again for those that are not; null for never. */
  publish(deps: LedgerDeps, sockets: readonly WebSocket[]): number | null;
};

/**
 * The live counters. What a watcher last got is kept in memory only: an object leaves memory after seconds of
 * silence, when every watcher is due again anyway.
 */
export function usageFeed(): UsageFeed {
  const sentTo = new WeakMap<WebSocket, Sent>();

  function send(socket: WebSocket, frame: UsageFrame, now: number): void {
    sentTo.set(socket, { seq: frame.seq, at: now });
    try {
      socket.send(JSON.stringify(frame));
    } catch {
      // It is closing; its close event needs no answer.
    }
  }

  return {
    greet: (deps, socket) => {
      socket.serializeAttachment({ opened_at: deps.clock.now() } satisfies Attachment);
      send(socket, frameOf(deps, "usage.snapshot"), deps.clock.now());
    },
    publish: (deps, sockets) => {
      if (sockets.length === 0) return null;
      const [seq, now] = [readSeq(deps), deps.clock.now()];
      let frame: UsageFrame | null = null;
      let wakeAt: number | null = null;
      for (const socket of sockets) {
        if (isTooOld(socket, now)) {
          socket.close(4401, "sign in again");
          continue;
        }
        const pace = paceOf(sentTo.get(socket), seq, now);
        if (pace.send) {
          frame ??= frameOf(deps, "usage.update");
          send(socket, frame, now);
        } else if (pace.wakeAt !== null) {
          wakeAt = Math.min(wakeAt ?? pace.wakeAt, pace.wakeAt);
        }
      }
      return wakeAt;
    },
  };
}

/** Survives the object's memory with the socket. */
type Attachment = { opened_at: number };

/** Nobody is told anything new on a socket older than its caller's proof may be. */
function isTooOld(socket: WebSocket, now: number): boolean {
  const attachment = socket.deserializeAttachment() as Attachment | null;
  return attachment === null || now - attachment.opened_at >= LIMITS.socketMaxAgeMs;
}

/** Of each breakdown: a frame must not grow with the app. */
const FRAME_LINES = 100;

function frameOf(deps: LedgerDeps, type: UsageFrame["type"]): UsageFrame {
  const data = usage(deps, undefined, FRAME_LINES);
  return { type, data, schema_version: SCHEMA_VERSION, timestamp: isoTime(deps.clock.now()), seq: data.seq };
}
