import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import type { DownFrame } from "#protocol/frames/down";
import type { Entry } from "#runtime/transcript";
import { dataOf, openTab, type Tab, textOf } from "#test/support/chat-client";
import { keptTabs } from "#test/support/kept-tabs";
import { call } from "#test/workers/gateway/client";
import { type Desk, openDesk, startChat } from "./desk.ts";

let desk: Desk;
const { tabs } = keptTabs();
beforeAll(async () => {
  desk = await openDesk();
});

async function chat() {
  const started = await startChat(desk);
  tabs.push(started.tab);
  return started;
}

const QUESTION = "Where is tool T-101?";
const isEnd = ({ type }: DownFrame) => type === "chat.run_complete";

async function ask(tab: Tab, type: string, data: unknown): Promise<DownFrame[]> {
  const from = tab.frames.length;
  tab.send(type, data);
  await tab.until(isEnd, from);
  return tab.frames.slice(from);
}
async function refusal(tab: Tab, type: string, data: unknown) {
  const from = tab.frames.length;
  tab.send(type, data);
  return (await tab.until((frame) => frame.type === "chat.error", from)).data;
}
const userMessage = (frames: DownFrame[]) =>
  dataOf(frames, "chat.text").find(({ role }) => role === "user")?.message_id ?? "";

/** What a model would be shown of the chat now. */
function entriesOf(chatId: string, where = "taken_back = 0"): Promise<Entry[]> {
  const object = env.CHAT_SESSION.getByName(`${desk.enterprise_id}:${chatId}`);
  return runInDurableObject(object, (_, { storage: { sql } }) =>
    sql
      .exec(`SELECT entry FROM entries WHERE ${where} ORDER BY n`)
      .toArray()
      .map((row) => JSON.parse(String(row.entry)) as Entry),
  );
}

test("regenerate: every tab is told, the same message gets another answer, both are paid, one counts", async () => {
  const { tab, path, chat_id } = await chat();
  const first = await tab.say(QUESTION);
  const other = await openTab(path, desk.owner);
  tabs.push(other);
  const from = other.frames.length;
  const message_id = dataOf(first, "chat.stream_end").at(-1)?.message_id;
  const again = await ask(tab, "chat.regenerate", { message_id });
  await other.until(isEnd, from);
  expect(dataOf(other.frames.slice(from), "chat.rewind")).toEqual([
    { message_id: userMessage(first), reason: "regenerate" },
  ]);
  expect(dataOf(again, "chat.text")).toEqual([]);
  expect(textOf(again)).toContain("B4");
  const said = (await entriesOf(chat_id)).map(({ kind }) => kind);
  expect(said.filter((kind) => kind === "user")).toHaveLength(1);
  expect(await entriesOf(chat_id, "taken_back = 1")).not.toEqual([]);

  const usage = (await call(`/api/app/usage/${desk.enterprise_id}`, { token: desk.owner.token })).body as {
    by_chat: { key: string; cost_nano: string }[];
  };
  const deltas = [...dataOf(first, "chat.usage_delta"), ...dataOf(again, "chat.usage_delta")];
  const spent = deltas.reduce((sum, { cost_nano }) => sum + BigInt(cost_nano ?? 0), 0n);
  expect(usage.by_chat.find(({ key }) => key === chat_id)?.cost_nano).toBe(String(spent));
});

test("F04 a regenerate that comes twice is done once: the answer that it names is gone", async () => {
  const { tab } = await chat();
  const first = await tab.say(QUESTION);
  const message_id = dataOf(first, "chat.stream_end").at(-1)?.message_id;
  await ask(tab, "chat.regenerate", { message_id });
  expect(await refusal(tab, "chat.regenerate", { message_id })).toMatchObject({ code: "NOT_FOUND" });
  expect(dataOf(tab.frames, "chat.rewind")).toHaveLength(1);
});

test("edit: the message and all after it no longer count, and the new text is said in its place", async () => {
  const { tab, path, chat_id } = await chat();
  const first = await tab.say("hello");
  await tab.say(QUESTION);
  const edited = {
    message_id: userMessage(first),
    text: "Where is T-101, please?",
    client_message_id: "e-1",
  };
  const turn = await ask(tab, "user.input.edit", edited);
  expect(turn.map(({ type }) => type).slice(0, 3)).toEqual(["chat.rewind", "chat.text", "chat.input_ack"]);
  expect(textOf(turn)).toContain("B4");
  const users = (await entriesOf(chat_id)).filter(({ kind }) => kind === "user");
  expect(users).toMatchObject([{ text: "Where is T-101, please?" }]);

  const from = tab.frames.length;
  tab.send("user.input.edit", edited);
  await tab.until(({ type }) => type === "chat.input_ack", from);
  const late = await openTab(path, desk.owner);
  tabs.push(late);
  expect(dataOf(late.frames, "chat.rewind")).toHaveLength(1);
  expect(dataOf(late.frames, "chat.run_start")).toHaveLength(3);
});

test("what a tool had done stays done, is not done again, and the model is told of it", async () => {
  const { tab, chat_id } = await chat();
  const asked = await tab.say("I want to borrow tool T-101");
  const card = dataOf(asked, "chat.tool_call").find(({ awaiting_response }) => awaiting_response);
  await tab.answer(card?.tool_call_id ?? "", { approved: true });
  await ask(tab, "user.input.edit", { message_id: userMessage(asked), text: QUESTION });
  const told = (await entriesOf(chat_id)).find(({ kind }) => kind === "taken_back");
  expect(told).toMatchObject({ done: [{ tool_name: "lend_tool", outcome: { ok: true } }] });
});

test("a card that waits is passed over by an edit, and answering it then does nothing", async () => {
  const { tab } = await chat();
  const asked = await tab.say("I want to borrow tool T-101");
  const card = dataOf(asked, "chat.tool_call").find(({ awaiting_response }) => awaiting_response);
  const from = tab.frames.length;
  tab.send("user.input.edit", { message_id: userMessage(asked), text: QUESTION });
  await tab.until((frame) => frame.type === "chat.run_complete" && frame.data.status === "completed", from);
  expect(dataOf(tab.frames.slice(from), "chat.tool_response")[0]).toMatchObject({ status: "dismissed" });
  const again = tab.frames.length;
  tab.send("tool_call_response", { tool_call_id: card?.tool_call_id, response: { approved: true } });
  const ack = await tab.until(({ type }) => type === "ack.tool_call_response", again);
  expect(ack.data).toMatchObject({ status: "rejected" });
});

test("neither is done while a run goes on or a message waits, nor to what is not there", async () => {
  const { tab } = await chat();
  expect(await refusal(tab, "chat.regenerate", {})).toMatchObject({ code: "NOT_FOUND" });
  const first = await tab.say("hello");
  expect(await refusal(tab, "user.input.edit", { message_id: "msg_none", text: "x" })).toMatchObject({
    code: "NOT_FOUND",
  });
  const from = tab.frames.length;
  tab.send("user.input.submit", { text: QUESTION });
  tab.send("user.input.edit", { message_id: userMessage(first), text: "no" });
  tab.send("chat.regenerate", {});
  await tab.until(isEnd, from);
  const refused = dataOf(tab.frames.slice(from), "chat.error").map(({ code }) => code);
  expect(refused).toEqual(["CONFLICT", "CONFLICT"]);
  expect(dataOf(tab.frames, "chat.rewind")).toEqual([]);
});
