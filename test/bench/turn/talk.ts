/** One turn as its client saw it: milliseconds from the send to each moment, the first text and the end among them. */
export type Turn = {
  marks: Record<string, number>;
  firstMs: number;
  turnMs: number;
  frames: number;
  bytes: number;
};

/** One conversation on one socket. */
export type Chat = { say(text: string): Promise<Turn>; close(): void };

/** Somebody to talk to: each call is a new conversation with nothing said yet. */
export type Talk = { name: string; open(): Promise<Chat> };

export type Frame = { type?: string };

const TIMEOUT_MS = 60_000;

/** Opens a socket and waits for the frame that says it is ready; null: open is ready. */
export function openSocket(
  url: string,
  protocols: string[],
  isReady: ((frame: Frame) => boolean) | null,
): Promise<WebSocket> {
  const socket = new WebSocket(url.replace(/^http/, "ws"), protocols);
  return until(socket, `${url} was not ready`, (done) => ({
    open: () => isReady === null && done(socket),
    message: (text) => isReady?.(JSON.parse(text)) && done(socket),
  }));
}

/**
 * Sends one message and times what comes back.
 * @param markOf names the moment a frame is; `first` and `end` are needed. Throws for a frame that must not come.
 */
export function exchange<F>(
  socket: WebSocket,
  message: string,
  markOf: (frame: F) => string | null,
): Promise<Turn> {
  const marks: Record<string, number> = {};
  let frames = 0;
  let bytes = 0;
  const sentAt = performance.now();
  socket.send(message);
  return until(socket, "a turn did not end", (done) => ({
    message: (text) => {
      frames += 1;
      bytes += text.length;
      const mark = markOf(JSON.parse(text));
      if (mark === null) return;
      marks[mark] ??= performance.now() - sentAt;
      if (mark !== "end") return;
      if (marks.first === undefined) throw new Error("a turn without text");
      done({ marks, firstMs: marks.first, turnMs: marks.end!, frames, bytes });
    },
  }));
}

type Listeners = { open?: () => void; message: (text: string) => void };

/** Listens to a socket until `done` is called; fails when it closes, a listener throws or the time is over. */
function until<T>(
  socket: WebSocket,
  failure: string,
  listen: (done: (value: T) => void) => Listeners,
): Promise<T> {
  const over = new AbortController();
  const { signal } = over;
  return new Promise<T>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${failure}: ${why}`));
    const { open, message } = listen(resolve);
    const timer = setTimeout(() => fail("too slow"), TIMEOUT_MS);
    signal.addEventListener("abort", () => clearTimeout(timer));
    if (open) socket.addEventListener("open", open, { signal });
    socket.addEventListener(
      "message",
      ({ data }) => {
        try {
          message(String(data));
        } catch (cause) {
          reject(cause);
        }
      },
      { signal },
    );
    socket.addEventListener("close", ({ code, reason }) => fail(`closed ${code} ${reason}`), { signal });
    socket.addEventListener("error", () => fail("no connection"), { signal });
  }).finally(() => over.abort());
}

/** Fails the benchmark when somebody lost a piece of the reply: it would only seem faster. */
export function assertReply(got: string, expected: string): void {
  if (got !== expected) throw new Error(`the reply came as ${got.length} characters of ${expected.length}`);
}
