import { backoffMs } from "./backoff.ts";

const PING_EVERY_MS = 25_000;
const PONG_WITHIN_MS = 10_000;
const GOING_AWAY = 1001;
/** A connection that has lasted this long was a success: the next one to be lost is a first one again. */
const STEADY_AFTER_MS = 5_000;
/** A page can't see why an upgrade was refused; one that never succeeds is given up. */
const MOST_TRIES_UNOPENED = 6;

/** `closed`: the server refused for good, and `reason` says why. */
export type SocketStatus =
  | { state: "connecting" | "open" | "reconnecting" }
  | { state: "closed"; code: number; reason: string };

/** The part of a browser's WebSocket that is used; tests bring their own. */
export type SocketLike = {
  readyState: number;
  send(data: string): void;
  close(code?: number): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
};

export type SocketDeps = {
  connect: (url: string) => SocketLike;
  random: () => number;
  setTimer: (run: () => void, ms: number) => unknown;
  clearTimer: (timer: unknown) => void;
};

/** The path is refused: trying again can't help. */
const PATH_REFUSED = 1008;
/**
 * Who this is could not be told, or the socket has been open for its longest time. The browser's session may
 * well be good, so a fresh socket is tried once.
 */
export const IDENTITY_REFUSED = 4401;
/** The chat is open in too many places: coming back by itself would only drive another one out. */
export const TOO_MANY_SOCKETS = 4429;
const OPEN = 1;

type Options = {
  /** Asked at every connect, so that it can name where to resume. */
  url: () => string;
  onOpen?: () => void;
  onMessage: (data: unknown) => void;
  onStatus: (status: SocketStatus) => void;
  deps: SocketDeps;
};

export type SteadySocket = {
  /** Sends if connected; false if not. */
  send: (frame: unknown) => boolean;
  /** Drops the connection at hand and connects again: for one that looks dead. */
  restart: () => void;
  close: () => void;
};

/**
 * A socket that stays: it pings, takes a missing pong for a dead line, and connects again with full-jitter
 * backoff until closed here or refused for good by the server.
 */
export function openSteadySocket({ url, onOpen, onMessage, onStatus, deps }: Options): SteadySocket {
  let socket: SocketLike | null = null;
  let attempt = 0;
  let pingTimer: unknown;
  let pongTimer: unknown;
  let retryTimer: unknown;
  let steadyTimer: unknown;
  let closed = false;
  let opened = false;
  /** A socket was opened because the one before had run out, and has not proved itself yet. */
  let renewed = false;

  function connect() {
    onStatus({ state: attempt === 0 ? "connecting" : "reconnecting" });
    const opening = deps.connect(url());
    socket = opening;
    opening.onopen = () => {
      opened = true;
      steadyTimer = deps.setTimer(() => {
        attempt = 0;
      }, STEADY_AFTER_MS);
      onStatus({ state: "open" });
      pingTimer = deps.setTimer(ping, PING_EVERY_MS);
      onOpen?.();
    };
    opening.onmessage = ({ data }) => {
      deps.clearTimer(pongTimer);
      onMessage(data);
    };
    opening.onclose = ({ code, reason }) => {
      if (socket === opening) lost(code, reason);
    };
  }

  function ping() {
    if (socket?.readyState !== OPEN) return;
    renewed = false;
    socket.send('{"type":"ping"}');
    deps.clearTimer(pongTimer);
    pongTimer = deps.setTimer(restart, PONG_WITHIN_MS);
    pingTimer = deps.setTimer(ping, PING_EVERY_MS);
  }

  function lost(code: number, reason: string) {
    stopTimers();
    socket = null;
    if (closed) return;
    if (isFinal(code)) {
      closed = true;
      onStatus({ state: "closed", code, reason });
      return;
    }
    renewed ||= code === IDENTITY_REFUSED;
    onStatus({ state: "reconnecting" });
    const delay = backoffMs(attempt, deps.random());
    attempt += 1;
    retryTimer = deps.setTimer(connect, delay);
  }

  function isFinal(code: number): boolean {
    if (code === IDENTITY_REFUSED) return renewed;
    return code === PATH_REFUSED || code === TOO_MANY_SOCKETS || (!opened && attempt >= MOST_TRIES_UNOPENED);
  }

  function restart() {
    if (closed) return;
    const dead = socket;
    attempt = 0;
    lost(GOING_AWAY, "");
    dead?.close();
  }

  function stopTimers() {
    for (const timer of [pingTimer, pongTimer, retryTimer, steadyTimer]) deps.clearTimer(timer);
  }

  connect();
  return {
    send(frame) {
      if (socket?.readyState !== OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    restart,
    close() {
      closed = true;
      stopTimers();
      socket?.close(1000);
      socket = null;
    },
  };
}
