import { expect, test } from "vitest";
import { frame, toolCall } from "./frames.ts";
import { ack, open, text } from "./open-fake-chat.ts";

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
  pass(1_000);
  expect(sockets).toHaveLength(2);
});

const refusal = (
  code: "RATE_LIMITED" | "TOO_LARGE" | "BAD_FRAME" | "TOKEN_EXPIRED",
  details?: Record<string, unknown>,
) =>
  frame("chat.error", {
    code,
    error_code: code,
    message: `No: ${code}`,
    retryable: code === "RATE_LIMITED",
    request_id: "req",
    ...(details ? { details } : {}),
  });

test("a message the server refuses for good is marked with its sentence and never sent again", () => {
  const { chat, last, pass, receive, sockets, sent } = open();
  last().open();
  chat.send("hello");
  receive(refusal("BAD_FRAME", { client_message_id: "c1" }));
  pass(20_000);
  expect(sockets).toHaveLength(1);
  expect(sent().filter((it) => it.type === "user.input.submit")).toHaveLength(1);
  expect(chat.view().chat.items).toMatchObject([
    { kind: "user", text: "hello", sending: false, refused: { message: "No: BAD_FRAME", retryable: false } },
  ]);
});

test.each(["TOO_LARGE", "BAD_FRAME"] as const)(
  "%s that names no message is about the one that is in flight",
  (code) => {
    const { chat, last, receive, sent } = open();
    last().open();
    chat.send("first");
    chat.send("second");
    receive(refusal(code));
    expect(chat.view().chat.items).toMatchObject([
      { text: "first", sending: false, refused: { message: `No: ${code}` } },
      { text: "second", sending: true },
    ]);
    expect(sent().at(-1)).toMatchObject({ data: { text: "second" } });
  },
);

test("an error without a message in flight stays an error of the chat", () => {
  const { chat, last, receive } = open();
  last().open();
  receive(refusal("TOO_LARGE"));
  expect(chat.view().chat.items).toMatchObject([{ kind: "error", message: "No: TOO_LARGE" }]);
});

test("messages are sent one after the other, so their order is the one they were written in", () => {
  const { chat, last, receive, sent } = open();
  last().open();
  chat.send("first");
  chat.send("second");
  expect(sent()).toMatchObject([{ data: { text: "first" } }]);
  receive(ack("c1"));
  expect(sent()).toMatchObject([{ data: { text: "first" } }, { data: { text: "second" } }]);
});

test("a message that comes too soon is sent again after a growing wait, under the same id", () => {
  const { chat, last, pass, receive, sent, sockets } = open();
  last().open();
  chat.send("hello");
  receive(refusal("RATE_LIMITED", { client_message_id: "c1" }));
  expect(chat.view().chat.items).toMatchObject([{ sending: true, refused: { message: "No: RATE_LIMITED" } }]);
  pass(900);
  expect(sent()).toHaveLength(1);
  pass(1_100);
  expect(sent()).toHaveLength(2);
  expect(sent()[1]).toEqual(sent()[0]);
  receive(refusal("RATE_LIMITED", { client_message_id: "c1" }));
  pass(1_900);
  expect(sent()).toHaveLength(2);
  pass(2_100);
  expect(sent()).toHaveLength(3);
  receive(ack("c1"));
  expect(chat.view().chat.items).toMatchObject([{ sending: false, refused: undefined }]);
  expect(sockets).toHaveLength(1);
});

test("after five refusals a message is left to the person, who can try again", () => {
  const { chat, last, pass, receive, sent } = open();
  last().open();
  chat.send("hello");
  for (const wait of [1_500, 3_000, 6_000, 12_000, 0]) {
    receive(refusal("RATE_LIMITED", { client_message_id: "c1" }));
    pass(wait);
  }
  const submits = () => sent().filter((it) => it.type === "user.input.submit");
  expect(submits()).toHaveLength(5);
  pass(12_000);
  last().onmessage?.({ data: '{"type":"pong"}' });
  pass(12_000);
  expect(submits()).toHaveLength(5);
  expect(chat.view().chat.items).toMatchObject([{ sending: false, refused: { retryable: true } }]);
  chat.resend("c1");
  expect(submits()).toHaveLength(6);
  expect(chat.view().chat.items).toMatchObject([{ sending: true, refused: undefined }]);
});

test("a reconnect does not cut a refused message's wait short", () => {
  const { chat, last, pass, receive, sent } = open();
  last().open();
  chat.send("hello");
  receive(refusal("RATE_LIMITED", { client_message_id: "c1" }));
  last().drop();
  pass(650);
  last().open();
  expect(sent()).toEqual([]);
  pass(2_000);
  expect(sent()).toHaveLength(1);
});

test("a message that is never answered is left to the person after five tries", () => {
  const { chat, last, pass, sockets } = open();
  last().open();
  chat.send("hello");
  for (let i = 0; i < 5; i += 1) {
    pass(6_000);
    if (i === 4) break;
    pass(650);
    last().open();
  }
  expect(sockets).toHaveLength(5);
  expect(chat.view().chat.items).toMatchObject([{ sending: false, refused: { retryable: true } }]);
});

test("a refused message can be taken off the page", () => {
  const { chat, last, receive } = open();
  last().open();
  chat.send("hello");
  receive(refusal("BAD_FRAME", { client_message_id: "c1" }));
  chat.discard("c1");
  expect(chat.view().chat.items).toEqual([]);
});

test("a message in flight when the socket's time is over is sent on the next one, without an error", () => {
  const { chat, last, pass, receive, sent } = open();
  last().open();
  chat.send("hello");
  receive(refusal("TOKEN_EXPIRED"));
  last().drop(4401);
  pass(1_000);
  last().open();
  expect(sent()).toMatchObject([{ data: { text: "hello", client_message_id: "c1" } }]);
  expect(chat.view().chat.items).toMatchObject([{ kind: "user", sending: true }]);
});

test("when the server refuses for good, what was not sent says so and keeps its text", () => {
  const { chat, last } = open();
  last().open();
  chat.send("hello");
  last().drop(1008);
  expect(chat.view().chat.items).toMatchObject([
    { text: "hello", sending: false, refused: { retryable: false } },
  ]);
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
