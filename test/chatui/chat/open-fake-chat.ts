import type { DownFrame } from "#protocol/frames/down";
import { openChat } from "../../../chatui/src/chat/open-chat.ts";
import type { Kept, OutgoingMessage } from "../../../chatui/src/chat/outbox.ts";
import { fakeSockets } from "./fake-sockets.ts";
import { frame } from "./frames.ts";

/** What a browser tab keeps, through JSON as it does. */
export function keptInMemory(): Kept {
  let text = "[]";
  return {
    load: () => JSON.parse(text) as OutgoingMessage[],
    save: (messages) => {
      text = JSON.stringify(messages);
    },
  };
}

/** A chat of a page, on sockets and timers that a test moves by hand. */
export function open(kept = keptInMemory()) {
  const fake = fakeSockets();
  let ids = 0;
  const chat = openChat({
    address: { workflow: "support", enterpriseId: "ent", chatId: "chat", userId: "usr" },
    origin: "https://app.example",
    newId: () => {
      ids += 1;
      return `c${ids}`;
    },
    kept,
    deps: fake.deps,
  });
  const receive = (down: DownFrame) => fake.last().onmessage?.({ data: JSON.stringify(down) });
  const sent = () => fake.last().sent.map((it) => JSON.parse(it) as { type: string; data: unknown });
  return { ...fake, chat, receive, sent };
}

/** A message in the log. */
export const text = (seq: number, clientId?: string) =>
  frame(
    "chat.text",
    { message_id: `m${seq}`, role: "user", content: "hi", client_message_id: clientId },
    seq,
  );

export const ack = (clientId: string) =>
  frame("chat.input_ack", {
    chat_id: "chat",
    status: "accepted",
    client_message_id: clientId,
    message_id: "m",
  });
