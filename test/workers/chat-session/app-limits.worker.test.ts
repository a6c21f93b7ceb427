import { evictDurableObject } from "cloudflare:test";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { AppDetail } from "#protocol/api/app";
import { dataOf, type Tab } from "#test/support/chat-client";
import { keptTabs } from "#test/support/kept-tabs";
import { call, codeOf } from "#test/workers/gateway/client";
import { type Desk, LENDING, openDesk, startChat } from "./desk.ts";
import { objectOf } from "./team-desk.ts";

let desk: Desk;
const { tabs, joinAs } = keptTabs();
beforeAll(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await setLimits({ chat_rate_per_minute: null, sockets_per_user: null });
});

async function setLimits(limits: Record<string, unknown>): Promise<AppDetail["limits"]> {
  const path = `/api/apps/${desk.enterprise_id}`;
  const answer = await call(path, { method: "PATCH", token: desk.owner.token, json: { limits } });
  expect(answer.status).toBe(200);
  return (answer.body as AppDetail).limits;
}
async function openChat() {
  const chat = await startChat(desk);
  tabs.push(chat.tab);
  return chat;
}
async function refusalOf(tab: Tab, type: string, data: unknown) {
  const from = tab.frames.length;
  tab.send(type, data);
  await tab.until((frame) => frame.type === "chat.error", from);
  return dataOf(tab.frames.slice(from), "chat.error")[0];
}

test("limits of chats are set, shown, kept beside those of spending, and taken away one by one", async () => {
  await setLimits({ chat_rate_per_minute: 30, turn_nano: "900000000" });
  expect(await setLimits({ sockets_per_user: 2 })).toMatchObject({
    chat_rate_per_minute: 30,
    sockets_per_user: 2,
    turn_nano: "900000000",
  });
  await setLimits({ chat_rate_per_minute: null, turn_nano: null });
  const { body } = await call(`/api/apps/${desk.enterprise_id}`, { token: desk.owner.token });
  expect(body).toMatchObject({
    limits: { chat_rate_per_minute: null, sockets_per_user: 2, turn_nano: null },
  });
});

test("T64 a rate reaches an open chat at once, refuses what is too much with when to come back, and survives an eviction", async () => {
  const { tab, chat_id } = await openChat();
  await tab.say("hello");
  await setLimits({ chat_rate_per_minute: 2 });
  await tab.say("hello");
  await tab.say("hello");
  const message = { text: "hello", client_message_id: "third" };
  const refused = await refusalOf(tab, "user.input.submit", message);
  expect(refused).toMatchObject({
    code: "RATE_LIMITED",
    retryable: true,
    details: { client_message_id: "third", limit: "chat_rate_per_minute", max: 2 },
  });
  expect(refused?.details?.retry_after_s).toBeGreaterThan(0);
  expect(refused?.details?.retry_after_s).toBeLessThanOrEqual(60);
  await evictDurableObject(objectOf(desk, chat_id));
  expect(await refusalOf(tab, "user.input.submit", message)).toMatchObject({ code: "RATE_LIMITED" });
  const { message_id } = dataOf(tab.frames, "chat.text")[0]!;
  expect(await refusalOf(tab, "chat.regenerate", {})).toMatchObject({ code: "RATE_LIMITED" });
  const edited = { message_id, text: "hi", client_message_id: "e" };
  expect(await refusalOf(tab, "user.input.edit", edited)).toMatchObject({ code: "RATE_LIMITED" });
  expect(dataOf(tab.frames, "chat.rewind")).toEqual([]);
  // Another chat has its own rate; and without one, this chat goes on at once.
  const other = await openChat();
  expect(dataOf(await other.tab.say("hello"), "chat.error")).toEqual([]);
  await setLimits({ chat_rate_per_minute: null });
  expect(dataOf(await tab.say("hello", { client_message_id: "third" }), "chat.run_complete")).toHaveLength(1);
});

test("a repeated message does not count, and over HTTP a refusal is 429 with retry-after", async () => {
  await setLimits({ chat_rate_per_minute: 1 });
  const { chat_id } = await openChat();
  const say = (client_message_id: string) =>
    call(`/chat/${desk.enterprise_id}/${chat_id}/${desk.owner.user_id}/input`, {
      token: desk.owner.token,
      json: { message: "hello", workflow_name: LENDING.name, client_message_id },
    });
  expect((await say("a")).status).toBe(202);
  expect((await say("a")).body).toMatchObject({ repeated: true });
  const refused = await say("b");
  expect({ status: refused.status, code: codeOf(refused) }).toEqual({ status: 429, code: "RATE_LIMITED" });
  const seconds = Number(refused.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
});

test("T62 fewer sockets a person: the oldest ones go at once, are told why, and so does the next one too many", async () => {
  const { tab: first, path } = await openChat();
  const join = () => joinAs(desk.owner, path);
  const second = await join();
  const third = await join();
  await setLimits({ sockets_per_user: 2 });
  await expect(first.until(() => false, first.frames.length)).rejects.toThrow("closed 4429");
  expect(dataOf(first.frames, "chat.error")).toMatchObject([
    { code: "RATE_LIMITED", details: { limit: "sockets_per_user", max: 2 } },
  ]);
  const fourth = await join();
  await expect(second.until(() => false, second.frames.length)).rejects.toThrow("closed 4429");
  for (const tab of [third, fourth]) expect(dataOf(await tab.say("hello"), "chat.error")).toEqual([]);
});
