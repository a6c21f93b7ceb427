import type { DownFrame } from "#protocol/frames/down";
import type { UpFrame } from "#protocol/frames/up";
import { applyFrame } from "./apply-frame.ts";
import { withOwnAnswer, withOwnMessage, withoutAnswersOnTheirWay } from "./apply-own.ts";
import { type ChatState, EMPTY_CHAT } from "./chat-state.ts";
import { createOutbox } from "./outbox.ts";
import { readFrame } from "./read-frame.ts";
import { openSteadySocket, type SocketDeps, type SocketStatus } from "./steady-socket.ts";

/** A message without its acknowledgement for this long means a dead line: connect again, send again. */
const ACK_WITHIN_MS = 6_000;

/** Where a chat's socket is: `/ws/{workflow}/{enterprise}/{chat}/{user}` on this host. */
export type ChatAddress = { workflow: string; enterpriseId: string; chatId: string; userId: string };

export type ChatView = { chat: ChatState; status: SocketStatus };

export const EMPTY_VIEW: ChatView = { chat: EMPTY_CHAT, status: { state: "connecting" } };

export type OpenChat = {
  view: () => ChatView;
  subscribe: (changed: () => void) => () => void;
  send: (text: string) => void;
  answer: (toolCallId: string, response: unknown) => void;
  cancel: () => void;
  /** Tries a lost connection at once, without waiting for the backoff. */
  reconnect: () => void;
  close: () => void;
};

type Options = { address: ChatAddress; origin: string; newId: () => string; deps: SocketDeps };

/** A chat kept in step with the server: its state from the log's frames, its messages delivered once. */
export function openChat({ address, origin, newId, deps }: Options): OpenChat {
  const { workflow, enterpriseId, chatId, userId } = address;
  const path = [workflow, enterpriseId, chatId, userId].map(encodeURIComponent).join("/");
  const outbox = createOutbox();
  const listeners = new Set<() => void>();
  let view = EMPTY_VIEW;
  let ackTimer: unknown;

  const socket = openSteadySocket({
    url: () => `${origin.replace(/^http/, "ws")}/ws/${path}?after=${view.chat.lastSeq}`,
    onOpen() {
      update({ chat: withoutAnswersOnTheirWay(view.chat) });
      for (const message of outbox.waiting()) post(message.clientId, message.text);
    },
    onMessage(data) {
      const frame = readFrame(data);
      if (frame) receive(frame);
    },
    onStatus: (status) => update({ status }),
    deps,
  });

  function update(part: Partial<ChatView>) {
    view = { ...view, ...part };
    for (const changed of listeners) changed();
  }

  function receive(frame: DownFrame) {
    if (frame.type === "chat.input_ack" || frame.type === "chat.text") {
      if (frame.data.client_message_id) outbox.settle(frame.data.client_message_id);
      if (outbox.waiting().length === 0) deps.clearTimer(ackTimer);
    }
    if (frame.type === "chat.resume_boundary" && frame.data.gap)
      sendUp({ type: "client.resume", data: { chat_id: chatId, last_seq: view.chat.lastSeq } });
    update({ chat: applyFrame(view.chat, frame) });
  }

  function sendUp(frame: UpFrame): boolean {
    return socket.send(frame);
  }

  function post(clientId: string, text: string) {
    const frame: UpFrame = {
      type: "user.input.submit",
      data: { chat_id: chatId, text, client_message_id: clientId },
    };
    if (!sendUp(frame)) return;
    deps.clearTimer(ackTimer);
    ackTimer = deps.setTimer(() => socket.restart(), ACK_WITHIN_MS);
  }

  return {
    view: () => view,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    send(text) {
      const clientId = newId();
      outbox.add({ clientId, text });
      update({ chat: withOwnMessage(view.chat, clientId, text) });
      post(clientId, text);
    },
    answer(toolCallId, response) {
      const sent = sendUp({
        type: "tool_call_response",
        data: { chat_id: chatId, tool_call_id: toolCallId, response },
      });
      if (sent) update({ chat: withOwnAnswer(view.chat, toolCallId, response) });
    },
    cancel() {
      sendUp({ type: "chat.cancel", data: { chat_id: chatId } });
    },
    reconnect: socket.restart,
    close() {
      deps.clearTimer(ackTimer);
      listeners.clear();
      socket.close();
    },
  };
}
