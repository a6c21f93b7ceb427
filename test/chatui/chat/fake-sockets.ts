import type { SocketDeps, SocketLike } from "../../../chatui/src/chat/steady-socket.ts";

export type FakeSocket = SocketLike & {
  url: string;
  sent: string[];
  open: () => void;
  drop: (code?: number) => void;
};

/** Sockets and timers a test moves by hand. */
export function fakeSockets(random = 0.5) {
  const sockets: FakeSocket[] = [];
  let timers: { at: number; run: () => void }[] = [];
  let now = 0;
  const deps: SocketDeps = {
    connect(url) {
      const socket: FakeSocket = {
        url,
        sent: [],
        readyState: 0,
        onopen: null,
        onmessage: null,
        onclose: null,
        send: (data) => void socket.sent.push(data),
        close: () => {
          socket.readyState = 3;
        },
        open() {
          socket.readyState = 1;
          socket.onopen?.();
        },
        drop(code = 1006) {
          socket.readyState = 3;
          socket.onclose?.({ code, reason: "" });
        },
      };
      sockets.push(socket);
      return socket;
    },
    random: () => random,
    setTimer(run, ms) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return timer;
    },
    clearTimer(timer) {
      timers = timers.filter((it) => it !== timer);
    },
  };
  return {
    deps,
    sockets,
    last: () => sockets.at(-1)!,
    /** Lets time pass, running what falls due in order. */
    pass(ms: number) {
      const until = now + ms;
      for (;;) {
        const due = timers.filter((it) => it.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers = timers.filter((it) => it !== due);
        now = due.at;
        due.run();
      }
      now = until;
    },
  };
}
