import { expect, test } from "vitest";
import { frame } from "./frames.ts";
import { ack, keptInMemory, open, text } from "./open-fake-chat.ts";

test("F03 messages written without a line outlive the page: sent once, in order, under the same ids", () => {
  const kept = keptInMemory();
  const before = open(kept);
  before.chat.send("first");
  before.chat.send("second");
  before.chat.close();

  const { chat, last, receive, sent } = open(kept);
  expect(chat.view().chat.items).toMatchObject([
    { text: "first", sending: true },
    { text: "second", sending: true },
  ]);
  last().open();
  receive(text(0));
  receive(ack("c1"));
  receive(ack("c2"));
  const ids = sent().map(({ data }) => (data as { client_message_id: string }).client_message_id);
  expect(ids).toEqual(["c1", "c2"]);
  // What the log has stands above what is still to be said.
  expect(chat.view().chat.items.map((it) => it.kind === "user" && it.text)).toEqual([
    "hi",
    "first",
    "second",
  ]);
  expect(kept.load()).toEqual([]);
});

test("F03 no more messages wait than can be kept: one too many is the person's to send again", () => {
  const { chat } = open();
  for (let n = 0; n < 51; n += 1) chat.send(`m${n}`);
  expect(chat.view().chat.items.at(-1)).toMatchObject({ sending: false, refused: { retryable: true } });
  expect(chat.view().chat.items.at(-2)).toMatchObject({ sending: true });
});

test("F31 a gap is asked for from what this page has, again and again until there is none", () => {
  const { chat, last, receive, sent } = open();
  last().open();
  const boundary = (lastSeq: number, gap: boolean) =>
    frame("chat.resume_boundary", {
      chat_id: "chat",
      message_count: 0,
      total_messages: 9,
      replayed_messages: 0,
      last_seq: lastSeq,
      ...(gap ? { gap } : {}),
    });
  receive(text(3));
  receive(boundary(3, true));
  receive(text(5));
  receive(boundary(5, true));
  expect(chat.view().chat.caughtUp).toBe(false);
  receive(text(8));
  receive(boundary(8, false));
  expect(sent()).toEqual(
    [3, 5].map((last_seq) => ({ type: "client.resume", data: { chat_id: "chat", last_seq } })),
  );
  expect(chat.view().chat.caughtUp).toBe(true);
});

test("a message said in other words is sent as an edit, and takes the place of all that the log takes back", () => {
  const { chat, last, receive, sent } = open();
  last().open();
  receive(text(0));
  receive(frame("chat.stream_end", { stream_id: "s", message_id: "a", content: "Hello!" }, 1));
  chat.edit("m0", "hi there");
  const data = { chat_id: "chat", text: "hi there", client_message_id: "c1", message_id: "m0" };
  expect(sent()).toEqual([{ type: "user.input.edit", data }]);
  receive(frame("chat.rewind", { message_id: "m0", reason: "edit" }, 2));
  receive(
    frame("chat.text", { message_id: "m3", role: "user", content: "hi there", client_message_id: "c1" }, 3),
  );
  expect(chat.view().chat.items).toMatchObject([{ text: "hi there", messageId: "m3", sending: false }]);
});

test("another answer takes the place of the last one", () => {
  const { chat, last, receive, sent } = open();
  last().open();
  receive(text(0));
  receive(frame("chat.stream_end", { stream_id: "s", message_id: "a", content: "Hello!" }, 1));
  chat.regenerate("a");
  expect(sent()).toEqual([{ type: "chat.regenerate", data: { chat_id: "chat", message_id: "a" } }]);
  receive(frame("chat.rewind", { message_id: "m0", reason: "regenerate" }, 2));
  expect(chat.view().chat.items).toMatchObject([{ kind: "user", messageId: "m0" }]);
});
