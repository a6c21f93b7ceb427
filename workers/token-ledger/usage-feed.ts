import { isoTime } from "#base/clock";
import { LIMITS } from "#base/limits";
import type { LedgerDeps } from "#ledger/deps";
import { readSeq } from "#ledger/seq";
import { usage } from "#ledger/usage";
import type { UsageFrame } from "#protocol/api/usage";
import { SCHEMA_VERSION } from "#protocol/version";
import { intervalMs, paceOf, type Sent } from "./feed-pace.ts";

export type UsageFeed = {
  /** The first frame of a new watcher. @param sockets all there are, the new one among them */
  greet(deps: LedgerDeps, socket: WebSocket, sockets: () => readonly WebSocket[]): void;
  /**
   * Tells all watchers what has changed, if that is due. Where it isn't, it looks at one row and at no socket: it
   * is called after every operation, however many watch.
   * @returns when to be called again, if something is left to tell; null for never
   */
  publish(deps: LedgerDeps, sockets: () => readonly WebSocket[]): number | null;
};

/**
 * The live counters: one frame for all watchers, made once. What they last got is kept in memory only: an object
 * leaves memory after seconds of silence, when every watcher is due again anyway.
 */
export function usageFeed(): UsageFeed {
  const openedAt = new WeakMap<WebSocket, number>();
  let told: Sent | null = null;
  /** How many watch, at most; null where it has to be looked up. */
  let watchers: number | null = null;

  /** Nobody is told anything new on a socket older than its caller's proof may be. */
  function isTooOld(socket: WebSocket, now: number): boolean {
    const opened = openedAt.get(socket) ?? (socket.deserializeAttachment() as Attachment | null)?.opened_at;
    if (opened === undefined) return true;
    openedAt.set(socket, opened);
    return now - opened >= LIMITS.socketMaxAgeMs;
  }

  return {
    greet: (deps, socket, sockets) => {
      const now = deps.clock.now();
      socket.serializeAttachment({ opened_at: now } satisfies Attachment);
      const frame = frameOf(deps, "usage.snapshot");
      // The first one sets the pace; to the others it stays as it was.
      watchers = watchers === null ? sockets().length : watchers + 1;
      if (watchers === 1) told = { seq: frame.seq, at: now };
      send(socket, JSON.stringify(frame));
    },
    publish: (deps, sockets) => {
      if (watchers === 0) return null;
      const [seq, now] = [readSeq(deps), deps.clock.now()];
      const pace = paceOf(told ?? undefined, seq, now, intervalMs(watchers ?? 0));
      if (!pace.send) return pace.wakeAt;
      told = { seq, at: now };
      watchers = 0;
      let text: string | null = null;
      for (const socket of sockets()) {
        if (isTooOld(socket, now)) {
          socket.close(4401, "sign in again");
          continue;
        }
        watchers += 1;
        text ??= JSON.stringify(frameOf(deps, "usage.update"));
        send(socket, text);
      }
      return null;
    },
  };
}

/** Survives the object's memory with the socket. */
type Attachment = { opened_at: number };

function send(socket: WebSocket, text: string): void {
  try {
    socket.send(text);
  } catch {
    // It is closing; its close event needs no answer.
  }
}

/** Of each breakdown: a frame must not grow with the app. */
const FRAME_LINES = 100;

function frameOf(deps: LedgerDeps, type: UsageFrame["type"]): UsageFrame {
  const data = usage(deps, undefined, FRAME_LINES);
  return { type, data, schema_version: SCHEMA_VERSION, timestamp: isoTime(deps.clock.now()), seq: data.seq };
}
