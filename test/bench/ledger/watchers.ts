import type { UsageFrame } from "#protocol/api/usage";
import { plainSocket } from "./plain-socket.ts";

/** Sockets are opened this many at a time: opening is not what is measured. */
const OPENED_AT_ONCE = 20;
const SEQ_MAX_LENGTH = 40;
const SEQ = /"seq":(\d+)\}$/;

/**
 * Owners who watch an app's counters. One of equal frames is parsed for all, so that the client is not what is
 * measured.
 * @param seen is told of each frame as it comes
 */
export async function openWatchers(
  origin: string,
  app: { enterpriseId: string; chatToken: string },
  count: number,
  seen: (watcher: number, frame: UsageFrame, at: number) => void,
) {
  const url = `${origin.replace(/^http/, "ws")}/ws/usage/${app.enterpriseId}`;
  const encoded = Buffer.from(app.chatToken).toString("base64url");
  let newest: { seq: string; frame: UsageFrame } | null = null;
  let frames = 0;
  let bytes = 0;
  async function open(watcher: number): Promise<{ close(): void }> {
    const greeted = Promise.withResolvers<void>();
    const socket = await plainSocket(url, ["mozaiks.bearer.v1", encoded], (text) => {
      const at = performance.now();
      frames += 1;
      bytes += text.length;
      const seq = SEQ.exec(text.slice(-SEQ_MAX_LENGTH))?.[1] ?? "";
      if (newest?.seq !== seq) newest = { seq, frame: JSON.parse(text) };
      seen(watcher, newest.frame, at);
      greeted.resolve();
    });
    await greeted.promise;
    return socket;
  }
  const sockets: { close(): void }[] = [];
  while (sockets.length < count) {
    const some = Math.min(OPENED_AT_ONCE, count - sockets.length);
    const from = sockets.length;
    sockets.push(...(await Promise.all(Array.from({ length: some }, (_, n) => open(from + n)))));
  }
  return {
    told: () => ({ frames, bytes }),
    close: () => {
      for (const socket of sockets) socket.close();
    },
  };
}
