import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, expect, test, vi } from "vitest";
import { dataOf, openTab } from "#test/support/chat-client";
import { asTeam, objectOf, openTeamDesk, TEAM_LENDING, userChat } from "./team-desk.ts";

const LEND = "I want to borrow tool T-101";
const DAY_MS = 24 * 3_600_000;

// Each test has a desk of its own: a ledger that was once in the future does not count in the past.
afterEach(() => void vi.useRealTimers());

test("F22 nobody decides for 7 days, without a process: it is declined, and a late answer changes nothing", async () => {
  const desk = await openTeamDesk();
  const { tab, chat_id, path } = await userChat(desk);
  await tab.say(LEND);
  const id = dataOf(tab.frames, "chat.awaiting_reply")[0]?.tool_call_id;
  tab.close();
  const object = objectOf(desk, chat_id);
  vi.useFakeTimers({ toFake: ["Date"] });
  // What looked after the run and its lease goes first, and leaves the deadline behind.
  for (const ms of [11_000, 40_000, DAY_MS, 3 * DAY_MS]) {
    vi.setSystemTime(Date.now() + ms);
    await evictDurableObject(object);
    await runDurableObjectAlarm(object);
    const open = await runInDurableObject(object, (_, { storage: { sql } }) =>
      sql.exec("SELECT status FROM waits").toArray(),
    );
    expect(open).toEqual([{ status: "open" }]);
  }
  await evictDurableObject(object);
  vi.setSystemTime(Date.now() + 4 * DAY_MS);
  await runDurableObjectAlarm(object);
  vi.useRealTimers();
  const late = await openTab(path, desk.user);
  await late.until((it) => it.type === "chat.run_complete" && it.data.status === "completed");
  expect(dataOf(late.frames, "chat.tool_response").at(-1)).toMatchObject({
    tool_call_id: id,
    status: "declined",
    content: { expired: true },
  });
  const refused = await asTeam(desk, `/approvals/${id}`, { chat_id, approved: true });
  expect(refused.body).toMatchObject({ error: { code: "CONFLICT", details: { reason: "expired" } } });
  expect(dataOf(late.frames, "chat.tool_response").some(({ success }) => success)).toBe(false);
  late.close();
}, 60_000);

test("a person's own approval ends at its deadline too, and an answer after it is refused with the reason", async () => {
  const lend = { ...TEAM_LENDING.tools.lend_tool, approval: { by: "user", expires: "1m" } };
  const tools = { ...TEAM_LENDING.tools, lend_tool: lend };
  const desk = await openTeamDesk({ ...TEAM_LENDING, tools });
  const { tab, chat_id } = await userChat(desk);
  await tab.say(LEND);
  const [card] = dataOf(tab.frames, "chat.tool_call").filter((it) => it.awaiting_response);
  expect(card?.payload.expires_at).toBeTypeOf("string");
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(Date.now() + 61_000);
  const response = { approved: true };
  tab.send("tool_call_response", { tool_call_id: card?.tool_call_id, response });
  const ack = await tab.until(({ type }) => type === "ack.tool_call_response");
  expect(ack.data).toMatchObject({ status: "rejected", reason: "It was not answered in time." });
  const from = tab.frames.length;
  await runDurableObjectAlarm(objectOf(desk, chat_id));
  await runDurableObjectAlarm(objectOf(desk, chat_id));
  await tab.until(({ type }) => type === "chat.run_complete", from);
  expect(dataOf(tab.frames, "chat.tool_response").at(-1)).toMatchObject({ status: "declined" });
  tab.send("tool_call_response", { tool_call_id: card?.tool_call_id, response });
  const late = await tab.until(({ type }) => type === "ack.tool_call_response", from);
  expect(late.data).toMatchObject({ status: "rejected", reason: "It was not answered in time." });
  tab.close();
});

test("an operator who falls silent for half an hour has left: the agents answer what waits", async () => {
  const desk = await openTeamDesk();
  const { tab, chat_id } = await userChat(desk);
  await tab.say("hello");
  await asTeam(desk, `/chats/${chat_id}/operator/join`, {});
  tab.send("user.input.submit", { text: "Where is tool T-101?" });
  await tab.until(({ type }) => type === "chat.input_ack");
  const from = tab.frames.length;
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(Date.now() + 31 * 60_000);
  await runDurableObjectAlarm(objectOf(desk, chat_id));
  await tab.until(({ type }) => type === "chat.run_complete", from);
  expect(dataOf(tab.frames, "chat.operator_left")).toHaveLength(1);
  tab.close();
});

test("a person who takes back what led to the question takes the question back too", async () => {
  const desk = await openTeamDesk();
  const { tab, chat_id } = await userChat(desk);
  await tab.say(LEND);
  const id = dataOf(tab.frames, "chat.awaiting_reply")[0]?.tool_call_id;
  await tab.say("hello");
  const message_id = dataOf(tab.frames, "chat.text")[0]?.message_id;
  const from = tab.frames.length;
  tab.send("user.input.edit", { message_id, text: "Where is tool T-101?", client_message_id: "edited" });
  await tab.until(({ type }) => type === "chat.run_complete", from);
  const [withdrawn] = dataOf(tab.frames.slice(from), "chat.tool_response");
  expect(withdrawn).toMatchObject({ tool_call_id: id, status: "dismissed" });
  const refused = await asTeam(desk, `/approvals/${id}`, { chat_id, approved: true });
  expect(refused.body).toMatchObject({ error: { code: "CONFLICT", details: { reason: "closed" } } });
  const { items } = (await asTeam(desk, "/approvals")).body as { items: unknown[] };
  expect(items).toEqual([]);
  tab.close();
});
