import type { DownFrame } from "#protocol/frames/down";
import type { BenchApp } from "../turn/bench-app.ts";

export type RawChat = Awaited<ReturnType<typeof openRawChat>>;

/**
 * One socket to a chat of ours, for what a conversation in turns does not show: cuts, replays, what comes when.
 * @param after resumes behind this number; null: from the start
 * @param origin where the platform is now, if it was started again
 */
export async function openRawChat(
  app: BenchApp,
  chatId: string,
  after: number | null = null,
  origin: string = app.origin(),
) {
  const url = new URL(
    app.socketUrl.replace("{chat_id}", chatId).replace("{user_id}", app.userId).replace(/^http/, "ws"),
  );
  url.host = new URL(origin).host;
  if (after !== null) url.searchParams.set("after", String(after));
  const encoded = Buffer.from(app.chatToken).toString("base64url");
  const openedAt = performance.now();
  const socket = new WebSocket(url.href, ["mozaiks.bearer.v1", encoded]);
  const frames: { frame: DownFrame; at: number; bytes: number }[] = [];
  let wake = (): void => {};
  let closed = false;
  socket.addEventListener("message", ({ data }) => {
    frames.push({ frame: JSON.parse(String(data)), at: performance.now(), bytes: String(data).length });
    wake();
  });
  socket.addEventListener("close", () => {
    closed = true;
    wake();
  });
  socket.addEventListener("error", () => {});

  /** The first frame that fits from the `from`th on; null once the socket has closed without it. */
  async function until(fits: (frame: DownFrame) => boolean, from = 0) {
    for (;;) {
      const found = frames.slice(from).find(({ frame }) => fits(frame));
      if (found) return found;
      if (closed) return null;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    frames,
    until,
    openedAt,
    isClosed: () => closed,
    send: (type: string, data: object) => socket.send(JSON.stringify({ type, data })),
    ping: () => socket.send('{"type":"ping"}'),
    lastSeq: () => frames.findLast(({ frame }) => frame.seq !== undefined)?.frame.seq ?? after ?? -1,
    close: () => socket.close(),
  };
}
