import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test, vi } from "vitest";
import { dataOf, type Tab } from "#test/support/chat-client";
import {
  asTeam,
  objectOf,
  openTeamDesk,
  type TeamDesk,
  userChat,
} from "#test/workers/chat-session/team-desk";
import { call } from "#test/workers/gateway/client";
import { WebhooksOut } from "#workers/webhooks-out/webhooks-out";
import { hooksOf, ownersServer, signatureOf } from "./receiver.ts";

const ALL = [
  ...["chat.finished", "approval.waiting", "operator.requested", "budget.reached"],
  ...["build.finished", "version.published", "feedback.given"],
];
const PLAIN = "https://hooks.owner.example/plain";
const TEXT = "https://hooks.owner.example/text";

let desk: TeamDesk;
let secret: string;
let hooks: ReturnType<typeof hooksOf>;
const server = ownersServer();
beforeAll(async () => {
  desk = await openTeamDesk();
  hooks = hooksOf(desk.enterprise_id, desk.owner);
  ({ secret } = await hooks.add(PLAIN, ALL));
  await hooks.add(TEXT, ["chat.finished", "feedback.given"], { include_text: true });
});

const runOf = (tab: Tab) => String(dataOf(tab.frames, "chat.run_start").at(-1)?.run_id);

async function untoldOf(chatId: string): Promise<number> {
  return runInDurableObject(objectOf(desk, chatId), (_, { storage }) =>
    Number(storage.sql.exec("SELECT count(*) AS n FROM happenings").one().n),
  );
}

test("a run that ends is told with its status and usage, without a word of what was said, signed", async () => {
  const { tab, chat_id } = await userChat(desk);
  const frames = await tab.say("Where is tool T-101?");
  const run_id = runOf(tab);
  const event = await server.event(PLAIN, "chat.finished", { run_id });
  const used = dataOf(frames, "chat.usage_delta");
  const sum = (name: "input_tokens" | "output_tokens") => used.reduce((total, it) => total + it[name], 0);
  expect(event).toMatchObject({
    id: `evt_chat_finished_${run_id}`,
    enterprise_id: desk.enterprise_id,
    data: {
      ...{ chat_id, run_id, user_id: desk.user.user_id, workflow: "tool-lending" },
      ...{ status: "completed", error_code: null },
      usage: { input_tokens: sum("input_tokens"), output_tokens: sum("output_tokens") },
    },
  });
  expect(event.data.usage.total_tokens).toBeGreaterThan(0);
  const got = await server.until((it) => it.event.id === event.id && it.url === PLAIN);
  expect(got.headers.get("webhook-signature")).toBe(signatureOf(secret, got));
  for (const word of ["T-101", "B4", "instructions"]) expect(got.body).not.toContain(word);
  const { data } = await server.event(TEXT, "chat.finished", { run_id });
  expect(data.text?.message).toBe("Where is tool T-101?");
  expect(data.text?.answer).toContain("B4");
  expect(await untoldOf(chat_id)).toBe(0);
  tab.close();
});

test("an approval that waits for the team, and a person who asks for a human, are told while they wait", async () => {
  const { tab, chat_id } = await userChat(desk);
  const [card] = dataOf(await tab.say("I want to borrow tool T-101"), "chat.tool_call").slice(-1);
  const waiting = await server.event(PLAIN, "approval.waiting", { chat_id });
  expect(waiting.data).toMatchObject({
    ...{ tool_call_id: card?.tool_call_id, waits_for: "team", tool_name: "lend_tool" },
    run_id: runOf(tab),
  });
  expect(Date.parse(waiting.data.expires_at ?? "")).toBeGreaterThan(Date.parse(waiting.created_at));
  const answer = await asTeam(desk, `/approvals/${waiting.data.tool_call_id}`, { chat_id, approved: true });
  expect(answer.status).toBe(200);
  await server.event(PLAIN, "chat.finished", { run_id: waiting.data.run_id, status: "completed" });
  tab.close();
  const other = await userChat(desk);
  await other.tab.say("I want a human");
  const asked = await server.event(PLAIN, "operator.requested", { chat_id: other.chat_id });
  expect(asked.data).toMatchObject({ user_id: desk.user.user_id, run_id: runOf(other.tab) });
  other.tab.send("chat.cancel", {});
  await server.event(PLAIN, "chat.finished", { run_id: asked.data.run_id, status: "cancelled" });
  other.tab.close();
});

test("what somebody thinks of an answer is told; why, only where text was asked for", async () => {
  const { tab, chat_id } = await userChat(desk);
  const frames = await tab.say("hello");
  const message_id = dataOf(frames, "chat.stream_end").at(-1)?.message_id;
  tab.send("chat.feedback", { message_id, value: "down", comment: "Not what I meant." });
  const { data } = await server.event(PLAIN, "feedback.given", { message_id });
  expect(data).toMatchObject({ chat_id, user_id: desk.user.user_id, value: "down" });
  expect(data.comment).toBeUndefined();
  const told = await server.event(TEXT, "feedback.given", { message_id });
  expect(told.data.comment).toBe("Not what I meant.");
  tab.close();
});

test("T72 what the log of deliveries says of a chat goes when its person deletes the chat; of another it stays", async () => {
  const [gone, kept] = [await userChat(desk), await userChat(desk)];
  for (const { tab } of [gone, kept]) {
    await tab.say("Where is tool T-101?");
    await server.event(TEXT, "chat.finished", { run_id: runOf(tab) });
  }
  const naming = (chatId: string) =>
    runInDurableObject(env.WEBHOOKS_OUT.getByName(desk.enterprise_id), (_, { storage }) =>
      Number(storage.sql.exec("SELECT count(*) AS n FROM delivery WHERE instr(body, ?) > 0", chatId).one().n),
    );
  expect(await naming(gone.chat_id)).toBe(2);
  const ask = { method: "DELETE", token: desk.user.token, at: desk.url };
  expect((await call(`/api/chats/${desk.enterprise_id}/${gone.chat_id}`, ask)).status).toBe(200);
  expect(await naming(gone.chat_id)).toBe(0);
  expect(await naming(kept.chat_id)).toBe(2);
  kept.tab.close();
});

test("a limit that is used up is told once, however many chats hear of it", async () => {
  const limits = { app_month_nano: "1" };
  const path = `/api/apps/${desk.enterprise_id}`;
  await call(path, { method: "PATCH", token: desk.owner.token, json: { limits } });
  for (let n = 0; n < 2; n += 1) {
    const { tab } = await userChat(desk);
    await tab.say("hello");
    const { data } = await server.event(PLAIN, "chat.finished", { run_id: runOf(tab) });
    expect(data).toMatchObject({ status: "failed", error_code: "BUDGET_EXCEEDED" });
    tab.close();
  }
  const reached = await server.event(PLAIN, "budget.reached", { threshold_percent: 100 });
  expect(reached.data).toMatchObject({ scope: "app_month", limit_nano: "1" });
  expect(server.got.filter((it) => it.event.id === reached.id)).toHaveLength(1);
  await call(path, { method: "PATCH", token: desk.owner.token, json: { limits: { app_month_nano: null } } });
});

test("F35 while the outbox can't be reached a chat goes on as ever, keeps what it has to tell, also asleep, and tells it later", async () => {
  const { tab, chat_id } = await userChat(desk);
  const out = vi.spyOn(WebhooksOut.prototype, "tell").mockRejectedValue(new Error("unreachable"));
  const frames = await tab.say("hello");
  expect(dataOf(frames, "chat.run_complete").at(-1)?.status).toBe("completed");
  const first = runOf(tab);
  await vi.waitFor(() => expect(out).toHaveBeenCalled());
  expect(await untoldOf(chat_id)).toBe(1);
  await evictDurableObject(objectOf(desk, chat_id));
  out.mockRestore();
  await tab.say("hello again");
  await server.event(PLAIN, "chat.finished", { run_id: runOf(tab) });
  await server.event(PLAIN, "chat.finished", { run_id: first });
  await vi.waitFor(async () => expect(await untoldOf(chat_id)).toBe(0));
  tab.close();
});

test("an event that is told twice, as after a crash between telling and noting, is sent once", async () => {
  const { tab } = await userChat(desk);
  await tab.say("hello");
  const event = await server.event(PLAIN, "chat.finished", { run_id: runOf(tab) });
  const outbox = env.WEBHOOKS_OUT.getByName(desk.enterprise_id);
  expect(await outbox.tell([JSON.stringify(event)])).toMatchObject({ text: true });
  // Whatever comes behind it comes after it.
  await tab.say("hello again");
  await server.event(PLAIN, "chat.finished", { run_id: runOf(tab) });
  expect(server.got.filter((it) => it.event.id === event.id && it.url === PLAIN)).toHaveLength(1);
  tab.close();
});

test("an app without endpoints keeps nothing for them, and one that gets its first is told of a chat that is going on", async () => {
  const bare = await openTeamDesk();
  const { tab, chat_id } = await userChat(bare);
  const rows = () =>
    runInDurableObject(objectOf(bare, chat_id), (_, { storage }) =>
      Number(storage.sql.exec("SELECT count(*) AS n FROM happenings").one().n),
    );
  await tab.say("hello");
  await vi.waitFor(async () => expect(await rows()).toBe(0));
  const outbox = env.WEBHOOKS_OUT.getByName(bare.enterprise_id);
  const tables = await runInDurableObject(outbox, (_, { storage }) =>
    storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'").toArray(),
  );
  expect(tables).toEqual([]);
  const tell = vi.spyOn(WebhooksOut.prototype, "tell");
  await tab.say("hello");
  expect(tell).not.toHaveBeenCalled();
  tell.mockRestore();
  const url = "https://hooks.owner.example/late";
  await hooksOf(bare.enterprise_id, bare.owner).add(url, ["chat.finished"]);
  await tab.say("hello");
  await server.event(url, "chat.finished", { run_id: runOf(tab) });
  tab.close();
});

test("a version that goes live and a build that ends are told, never by their prompt", async () => {
  const prompt = "A booking app for my dental clinic";
  const path = `/api/apps/${desk.enterprise_id}/builds`;
  const json = { prompt, approve: "auto" };
  const { build_id } = (await call(path, { token: desk.owner.token, json })).body as { build_id: string };
  const built = await server.event(PLAIN, "build.finished", { build_id });
  expect(built.data).toMatchObject({ status: "live", error_code: null });
  const version = built.data.version ?? 0;
  const published = await server.event(PLAIN, "version.published", { version });
  expect(published.data.published_by).toBe(desk.owner.user_id);
  for (const { body } of server.got) expect(body).not.toContain("dental");
});
