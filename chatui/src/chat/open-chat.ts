import type { Attachment } from "#protocol/attachment";
import type { DownFrame } from "#protocol/frames/down";
import type { UpFrame } from "#protocol/frames/up";
import { applyFrame } from "./apply-frame.ts";
import {
  withOwnAgain,
  withOwnAnswer,
  withOwnMessage,
  withoutAnswersOnTheirWay,
  withoutOwn,
  withRefusal,
} from "./apply-own.ts";
import { type ChatState, EMPTY_CHAT, type Refusal } from "./chat-state.ts";
import { createOutbox, type Kept } from "./outbox.ts";
import { readFrame } from "./read-frame.ts";
import { refusalOf } from "./refusal-of.ts";
import { openSteadySocket, type SocketDeps, type SocketStatus } from "./steady-socket.ts";

const NOT_SENT: Refusal = { code: "NOT_SENT", message: "This was not sent.", retryable: false };

function idsOf(attachments: Attachment[] | undefined): string[] | undefined {
  return attachments?.map(({ attachment_id }) => attachment_id);
}

/** Where a chat's socket is: `/ws/{workflow}/{enterprise}/{chat}/{user}` on this host. */
export type ChatAddress = { workflow: string; enterpriseId: string; chatId: string; userId: string };

/** `serverAheadMs`: what the server's clock is ahead of this device's. Times of the log are the server's (F33). */
export type ChatView = { chat: ChatState; status: SocketStatus; serverAheadMs: number };

export const EMPTY_VIEW: ChatView = {
  chat: EMPTY_CHAT,
  status: { state: "connecting" },
  serverAheadMs: 0,
};

export type OpenChat = {
  /** The chat's id. */
  id: string;
  view: () => ChatView;
  subscribe: (changed: () => void) => () => void;
  send: (text: string, attachments?: Attachment[]) => void;
  /** Says a message of the person in other words: what came after it no longer counts. */
  edit: (messageId: string, text: string) => void;
  /** Asks for another answer in the place of this last one. */
  regenerate: (messageId: string) => void;
  rate: (messageId: string, value: "up" | "down") => void;
  /** Sends a refused message once more, under its id. */
  resend: (clientId: string) => void;
  /** Takes a refused message off the page. */
  discard: (clientId: string) => void;
  answer: (toolCallId: string, response: unknown) => void;
  cancel: () => void;
  /** Tries a lost connection at once, without waiting for the backoff. */
  reconnect: () => void;
  close: () => void;
};

type Options = {
  address: ChatAddress;
  origin: string;
  newId: () => string;
  /** Unsent messages of this chat. */
  kept: Kept;
  deps: SocketDeps;
};

/** A chat kept in step with the server: its state from the log's frames, its messages delivered once. */
export function openChat({ address, origin, newId, kept, deps }: Options): OpenChat {
  const { workflow, enterpriseId, chatId, userId } = address;
  const path = [workflow, enterpriseId, chatId, userId].map(encodeURIComponent).join("/");
  const outbox = createOutbox({
    post({ clientId, text, edits, attachments }) {
      const data = { chat_id: chatId, text, client_message_id: clientId };
      if (edits !== undefined)
        return sendUp({ type: "user.input.edit", data: { ...data, message_id: edits } });
      return sendUp({ type: "user.input.submit", data: attachments ? { ...data, attachments } : data });
    },
    restart: () => socket.restart(),
    onRefused: (clientId, refusal, final) =>
      update({ chat: withRefusal(view.chat, clientId, refusal, final) }),
    kept,
    deps,
  });
  const listeners = new Set<() => void>();
  let view = EMPTY_VIEW;
  // What an earlier page could not send any more (F03).
  for (const { clientId, text, edits } of outbox.waiting())
    view = { ...view, chat: withOwnMessage(view.chat, clientId, text, { edits }) };

  const socket = openSteadySocket({
    url: () => `${origin.replace(/^http/, "ws")}/ws/${path}?after=${view.chat.lastSeq}`,
    onOpen() {
      update({ chat: withoutAnswersOnTheirWay(view.chat) });
      outbox.flush();
    },
    onMessage(data) {
      const frame = readFrame(data);
      if (frame) receive(frame);
    },
    onStatus(status) {
      update({ status });
      if (status.state === "closed") outbox.giveUp(NOT_SENT);
    },
    deps,
  });

  function update(part: Partial<ChatView>) {
    view = { ...view, ...part };
    for (const changed of listeners) changed();
  }

  function receive(frame: DownFrame) {
    // The close that follows says it: the socket's time is over, and another one is opened.
    if (frame.type === "chat.error" && frame.data.code === "TOKEN_EXPIRED" && frame.seq === undefined) return;
    const refused = refusalOf(frame);
    if (refused && outbox.refuse(refused.clientId, refused.refusal)) return;
    if (frame.type === "chat.input_ack" || frame.type === "chat.text")
      if (frame.data.client_message_id) outbox.settle(frame.data.client_message_id);
    if (frame.type === "chat.resume_boundary" && frame.data.gap)
      sendUp({ type: "client.resume", data: { chat_id: chatId, last_seq: view.chat.lastSeq } });
    const chat = applyFrame(view.chat, frame);
    // The first frame of a connection is of this very moment.
    if (frame.type === "chat_meta") update({ chat, serverAheadMs: Date.parse(frame.timestamp) - Date.now() });
    else update({ chat });
  }

  function sendUp(frame: UpFrame): boolean {
    return socket.send(frame);
  }

  return {
    id: chatId,
    view: () => view,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    send(text, attachments) {
      const clientId = newId();
      const sent = attachments?.length ? attachments : undefined;
      update({ chat: withOwnMessage(view.chat, clientId, text, { attachments: sent }) });
      outbox.add({ clientId, text, attachments: idsOf(sent) });
    },
    edit(messageId, text) {
      const clientId = newId();
      update({ chat: withOwnMessage(view.chat, clientId, text, { edits: messageId }) });
      outbox.add({ clientId, text, edits: messageId });
    },
    regenerate(messageId) {
      sendUp({ type: "chat.regenerate", data: { chat_id: chatId, message_id: messageId } });
    },
    rate(messageId, value) {
      sendUp({ type: "chat.feedback", data: { chat_id: chatId, message_id: messageId, value } });
    },
    resend(clientId) {
      const item = view.chat.items.find((it) => it.kind === "user" && it.clientId === clientId);
      if (item?.kind !== "user" || !item.refused || item.sending) return;
      update({ chat: withOwnAgain(view.chat, clientId) });
      const edits = item.edits ? { edits: item.edits } : {};
      outbox.add({ clientId, text: item.text, attachments: idsOf(item.attachments), ...edits });
    },
    discard: (clientId) => update({ chat: withoutOwn(view.chat, clientId) }),
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
      outbox.close();
      listeners.clear();
      socket.close();
    },
  };
}
