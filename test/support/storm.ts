import type { DownFrame } from "#protocol/frames/down";
import { openChat } from "../../chatui/src/chat/open-chat.ts";
import type { SocketDeps, SocketLike } from "../../chatui/src/chat/steady-socket.ts";
import type { Seat } from "../journeys/kill/chatter.ts";
import { folded } from "./flaky-client.ts";

/** One page of the product's own client, with what it heard and how it fared. */
export type StormClient = ReturnType<typeof stormClient>;

/** The page's own connection code (its backoff, its outbox, its resume) on a socket of Node's. */
export function stormClient(seat: Seat, url: string) {
  const heard: DownFrame[] = [];
  const seen = new Set<number>();
  const secret = Buffer.from(seat.token).toString("base64url");
  let doubled = 0;
  let attempts = 0;
  let openedAt = 0;
  let resumedIn: number | null = null;
  let backAt: number | null = null;
  let wake = () => {};

  function note(frame: DownFrame): void {
    if (frame.type === "chat.resume_boundary" && !frame.data.gap && backAt === null) {
      backAt = performance.now();
      resumedIn = backAt - openedAt;
    }
    if (frame.seq === undefined) return;
    if (seen.has(frame.seq)) doubled += 1;
    seen.add(frame.seq);
    heard.push(frame);
  }

  const deps: SocketDeps = {
    connect(address) {
      attempts += 1;
      const socket = new WebSocket(address, ["mozaiks.bearer.v1", secret]);
      const like: SocketLike = {
        get readyState() {
          return socket.readyState;
        },
        send: (data) => socket.send(data),
        close: (code) => socket.close(code),
        onopen: null,
        onmessage: null,
        onclose: null,
      };
      socket.addEventListener("open", () => {
        openedAt = performance.now();
        like.onopen?.();
      });
      socket.addEventListener("message", ({ data }) => {
        note(JSON.parse(String(data)) as DownFrame);
        like.onmessage?.({ data });
        wake();
      });
      socket.addEventListener("close", ({ code, reason }) => like.onclose?.({ code, reason }));
      socket.addEventListener("error", () => {});
      return like;
    },
    random: Math.random,
    setTimer: (run, ms) => setTimeout(run, ms),
    clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout),
  };
  let ids = 0;
  const { workflow, enterprise_id, chat_id, user_id, prefix } = seat;
  const chat = openChat({
    address: { workflow, enterpriseId: enterprise_id, chatId: chat_id, userId: user_id },
    origin: url + prefix,
    newId: () => `${chat_id}-${ids++}`,
    kept: { load: () => [], save: () => {} },
    deps,
  });
  return {
    chat,
    /** From here on it counts how the way back goes. */
    drop(): void {
      attempts = 0;
      backAt = resumedIn = null;
    },
    async back(): Promise<void> {
      while (backAt === null)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    },
    /** Until it has this row of the log. */
    async has(seq: number): Promise<void> {
      while (!seen.has(seq))
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    },
    facts: () => ({ attempts, backAt: backAt ?? Number.NaN, resumedIn: resumedIn ?? Number.NaN, doubled }),
    /** Numbered frames that it lacks of this log, or has otherwise. */
    lost(log: readonly DownFrame[]): number {
      const own = new Map(folded(heard).map((frame) => [frame.seq, JSON.stringify(frame)]));
      return log.filter((frame) => own.get(frame.seq) !== JSON.stringify(frame)).length;
    },
  };
}
