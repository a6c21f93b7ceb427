import type { SocketDeps, SocketLike } from "./steady-socket.ts";

/** The browser's own sockets, chance and timers. */
export const browserSocket: SocketDeps = {
  connect: (url) => new WebSocket(url) as SocketLike,
  random: Math.random,
  setTimer: (run, ms) => setTimeout(run, ms),
  clearTimer: (timer) => clearTimeout(timer as number),
};
