import type { Refusal } from "./chat-state.ts";
import type { SocketDeps } from "./steady-socket.ts";

/** A message without its acknowledgement for this long means a dead line: connect again, send again. */
const ACK_WITHIN_MS = 6_000;
/** How often one message is sent, at most, before it is left to the person. */
const MOST_TRIES = 5;
const FIRST_WAIT_MS = 2_000;

const UNANSWERED: Refusal = {
  code: "UNANSWERED",
  message: "This could not be sent: no answer came.",
  retryable: true,
};

/** More than this can't wait: whoever writes on without a line is told so. */
const MOST_WAITING = 50;
const FULL: Refusal = {
  code: "OUTBOX_FULL",
  message: "Too many messages are waiting to be sent.",
  retryable: true,
};

/** `edits` names the message whose place it takes; `attachments`: ids of files that are up already. */
export type OutgoingMessage = { clientId: string; text: string; edits?: string; attachments?: string[] };

/** Where unsent messages outlive the page. */
export type Kept = { load: () => OutgoingMessage[]; save: (messages: readonly OutgoingMessage[]) => void };

/**
 * Messages the server has not acknowledged yet. One is in flight at a time: they arrive in the order they were
 * written in, and a refusal that names no message is about that one.
 */
export type Outbox = {
  /** What waits, the oldest first. */
  waiting: () => readonly OutgoingMessage[];
  add: (message: OutgoingMessage) => void;
  /** Sends what waits, unless its wait is not over: for a connection that has just opened. */
  flush: () => void;
  /** The message is in the server's log. */
  settle: (clientId: string) => void;
  /** The server refused a message, or without an id the one in flight. False if there is no such message. */
  refuse: (clientId: string | undefined, refusal: Refusal) => boolean;
  /** Nothing can be sent any more. */
  giveUp: (refusal: Refusal) => void;
  close: () => void;
};

type Options = {
  /** Sends one message; false if not connected. */
  post: (message: OutgoingMessage) => boolean;
  restart: () => void;
  /** A message was refused; `final` if it will not be sent again by itself. */
  onRefused: (clientId: string, refusal: Refusal, final: boolean) => void;
  kept: Kept;
  deps: Pick<SocketDeps, "random" | "setTimer" | "clearTimer">;
};

export function createOutbox({ post, restart, onRefused, kept, deps }: Options): Outbox {
  const messages = kept.load().slice(0, MOST_WAITING);
  let tries = 0;
  let ackTimer: unknown;
  let waitTimer: unknown;

  function flush() {
    const head = messages[0];
    if (!head || waitTimer !== undefined) return;
    deps.clearTimer(ackTimer);
    if (post(head)) ackTimer = deps.setTimer(() => unanswered(head), ACK_WITHIN_MS);
  }

  function unanswered(head: OutgoingMessage) {
    tries += 1;
    if (tries < MOST_TRIES) return restart();
    take(head.clientId);
    onRefused(head.clientId, UNANSWERED, true);
    flush();
  }

  /** Takes a message out; the next one starts afresh. */
  function take(clientId: string) {
    const index = messages.findIndex((it) => it.clientId === clientId);
    if (index < 0) return;
    messages.splice(index, 1);
    kept.save(messages);
    if (index > 0) return;
    stopTimers();
    tries = 0;
  }

  function stopTimers() {
    deps.clearTimer(ackTimer);
    deps.clearTimer(waitTimer);
    waitTimer = undefined;
  }

  return {
    waiting: () => messages,
    add(message) {
      if (messages.length >= MOST_WAITING) return onRefused(message.clientId, FULL, true);
      messages.push(message);
      kept.save(messages);
      if (messages.length === 1) flush();
    },
    flush,
    settle(clientId) {
      const head = messages[0]?.clientId;
      take(clientId);
      if (clientId === head) flush();
    },
    refuse(named, refusal) {
      const message = named === undefined ? messages[0] : messages.find((it) => it.clientId === named);
      if (!message) return false;
      // A second word on a message that already waits for its next try.
      if (message === messages[0] && waitTimer !== undefined) return true;
      tries += 1;
      const final = !refusal.retryable || tries >= MOST_TRIES;
      onRefused(message.clientId, refusal, final);
      deps.clearTimer(ackTimer);
      if (final) {
        take(message.clientId);
        flush();
        return true;
      }
      waitTimer = deps.setTimer(
        () => {
          waitTimer = undefined;
          flush();
        },
        waitMs(tries, deps.random()),
      );
      return true;
    },
    giveUp(refusal) {
      stopTimers();
      const given = messages.splice(0);
      kept.save(messages);
      for (const { clientId } of given) onRefused(clientId, refusal, true);
    },
    close: stopTimers,
  };
}

/** Half of a bound that doubles with every try, and a random share of the other half. Milliseconds. */
function waitMs(tries: number, random: number): number {
  return Math.round(FIRST_WAIT_MS * 2 ** (tries - 1) * (0.5 + random / 2));
}
