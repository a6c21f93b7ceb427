import { expect, test } from "vitest";
import type { DownFrame } from "#protocol/frames/down";
import { openChat } from "../../../chatui/src/chat/open-chat.ts";
import { fakeSockets } from "./fake-sockets.ts";
import { frame, toolCall } from "./frames.ts";

function open() {
  const fake = fakeSockets();
  let ids = 0;
  const chat = openChat({
    address: { workflow: "support", enterpriseId: "ent", chatId: "chat", userId: "usr" },
    origin: "https://app.example",
    newId: () => {
      ids += 1;
      return `c${ids}`;
    },
    deps: fake.deps,
  });
  const receive = (down: DownFrame) => fake.last().onmessage?.({ data: JSON.stringify(down) });
  const sent = () => fake.last().sent.map((it) => JSON.parse(it) as { type: string; data: unknown });
  return { ...fake, chat, receive, sent };
}

const text = (seq: number, clientId?: string) =>
  frame(
    "chat.text",
    { message_id: `m${seq}`, role: "user", content: "hi", client_message_id: clientId },
    seq,
  );
const ack = (clientId: string) =>
  frame("chat.input_ack", {
    chat_id: "chat",
    status: "accepted",
    client_message_id: clientId,
    message_id: "m",
  });

test("the first connection asks for the whole log, a later one for what it has not seen", () => {
  const { last, pass, receive } = open();
  expect(last().url).toBe("wss://app.example/ws/support/ent/chat/usr?after=-1");
  last().open();
  receive(text(7));
  last().drop();
  pass(1_000);
  expect(last().url).toBe("wss://app.example/ws/support/ent/chat/usr?after=7");
});

test("a message that was not acknowledged is sent again under the same id after a reconnect", () => {
  const { chat, last, pass, sent } = open();
  last().open();
  chat.send("hello");
  last().drop();
  pass(1_000);
  last().open();
  expect(sent()).toEqual([
    { type: "user.input.submit", data: { chat_id: "chat", text: "hello", client_message_id: "c1" } },
  ]);
});

test("an acknowledged message is not sent again", () => {
  const { chat, last, pass, receive, sent } = open();
  last().open();
  chat.send("hello");
  receive(ack("c1"));
  last().drop();
  pass(1_000);
  last().open();
  expect(sent()).toEqual([]);
});

test("a message written while offline waits and is sent on connecting", () => {
  const { chat, last, sent } = open();
  chat.send("early");
  expect(chat.view().chat.items).toMatchObject([{ kind: "user", text: "early", sending: true }]);
  last().open();
  expect(sent()).toMatchObject([{ type: "user.input.submit", data: { text: "early" } }]);
});

test("a message without its acknowledgement in a few seconds forces a reconnect", () => {
  const { chat, last, pass, sockets } = open();
  last().open();
  chat.send("hello");
  pass(6_000);
  expect(chat.view().status.state).toBe("reconnecting");
  pass(500);
  expect(sockets).toHaveLength(2);
});

test("an answer on its way when the line breaks can be given again", () => {
  const { chat, last, pass, receive } = open();
  last().open();
  receive(toolCall(0));
  chat.answer("t1", { approved: true });
  expect(chat.view().chat.items).toMatchObject([{ answer: { status: "sending" } }]);
  last().drop();
  pass(1_000);
  last().open();
  expect(chat.view().chat.items).toMatchObject([{ awaiting: true, answer: undefined }]);
});

test("told of a gap, it asks for the rest from where it stands", () => {
  const { last, receive, sent } = open();
  last().open();
  receive(text(3));
  receive(
    frame("chat.resume_boundary", {
      chat_id: "chat",
      message_count: 1,
      total_messages: 9,
      replayed_messages: 1,
      last_seq: 9,
      gap: true,
    }),
  );
  expect(sent()).toEqual([{ type: "client.resume", data: { chat_id: "chat", last_seq: 3 } }]);
});

test("what is not a frame is ignored", () => {
  const { chat, last } = open();
  last().open();
  const before = chat.view();
  for (const data of ["", "{", "null", "[]", '{"type":"pong"}', 5]) last().onmessage?.({ data });
  expect(chat.view()).toBe(before);
});
