import { env } from "cloudflare:workers";
import { beforeAll, expect, test, vi } from "vitest";
import { dataOf, type Tab } from "#test/support/chat-client";
import { openEvents } from "#test/support/event-stream";
import { keptTabs } from "#test/support/kept-tabs";
import { type Desk, LENDING, openDesk, startChat } from "#test/workers/chat-session/desk";
import { compose } from "#workers/compose";
import type { Ctx } from "#workers/gateway/call";
import { endSessions, lookAgain } from "#workers/gateway/end-sessions";
import { call, type Person, signUp, worker } from "./client.ts";

const PASSWORD = "correct horse";
const headers = { origin: "http://localhost:8787" };
let desk: Desk & { slug: string };
const { tabs, joinAs } = keptTabs();
beforeAll(async () => {
  desk = await openDesk();
});

/** The same person once more: a session of its own. */
async function signIn(person: Person, prefix = ""): Promise<Person> {
  const json = { email: person.email, password: PASSWORD };
  const answer = await call(`${prefix}/api/auth/sign-in/email`, { json });
  return { ...person, token: answer.headers.get("set-auth-token") ?? "" };
}
const auth = (person: Person, path: string, json: unknown = {}, prefix = "") =>
  call(`${prefix}/api/auth/${path}`, { json, token: person.token, headers });

const open = (path: string, person: Pick<Person, "token">) => joinAs(person, path);
const closed = (tab: Tab) => expect(tab.until(() => false, tab.frames.length)).rejects.toThrow("closed 4401");
const stays = async (tab: Tab) =>
  expect(dataOf(await tab.say("hello"), "chat.run_complete")).toMatchObject([{ status: "completed" }]);

/** A live feed of the app's usage. */
async function openFeed(person: Person) {
  const request = new Request(`http://localhost:8787/ws/usage/${desk.enterprise_id}`, {
    headers: { upgrade: "websocket", authorization: `Bearer ${person.token}` },
  });
  const { webSocket: socket } = await worker.fetch(request);
  const feed = { code: 0, ended: Promise.resolve(0), close: () => socket?.close(1000, "done") };
  feed.ended = new Promise((resolve) => {
    socket?.addEventListener("close", ({ code }) => {
      feed.code = code;
      resolve(code);
    });
  });
  socket?.accept();
  return feed;
}

test("T12 signing out in the middle of an answer ends that session's sockets at once; the run, and another session, go on", async () => {
  const here = await signIn(desk.owner);
  const { path, tab: other } = await startChat(desk);
  tabs.push(other);
  const tab = await open(path, here);
  tab.send("user.input.submit", { text: "Where is tool T-101?" });
  await tab.until(({ type }) => type === "chat.run_start");
  expect((await auth(here, "sign-out")).status).toBe(200);
  await closed(tab);
  const seen = tab.frames.length;
  await other.until(({ type }) => type === "chat.run_complete");
  expect(dataOf(other.frames, "chat.usage_summary")).toHaveLength(1);
  await stays(other);
  expect(tab.frames).toHaveLength(seen);
});

test("T12 a socket that a chat token opened ends with the session it was made in, and the token opens nothing more", async () => {
  const here = await signIn(desk.owner);
  const { path, chat_id, tab: other } = await startChat(desk);
  tabs.push(other);
  const json = { enterprise_id: desk.enterprise_id };
  const { body } = await call("/api/chats/token", { json, token: here.token });
  const token = (body as { access_token: string }).access_token;
  const tab = await open(path, { token });
  await auth(here, "sign-out");
  await closed(tab);
  await expect(open(path, { token })).rejects.toThrow("closed 4401");
  const events = await call(`/api/chats/${desk.enterprise_id}/${chat_id}/events`, { token });
  expect(events.status).toBe(401);
  await stays(other);
});

test.each([
  ["revoke-sessions", [true, true]],
  ["revoke-other-sessions", [true, false]],
  ["change-password", [true, true]],
])("T12 %s ends what the sessions that it ends had open, and nothing else", async (route, [there, here]) => {
  const person = await signUp({ prefix: `/a/${desk.slug}` });
  const prefix = `/a/${desk.slug}`;
  const second = await signIn(person, prefix);
  const path = `${prefix}/ws/${LENDING.name}/${desk.enterprise_id}/c-${route}/${person.user_id}`;
  const tabHere = await open(path, person);
  const tabThere = await open(path, second);
  const bystander = await startChat(desk);
  tabs.push(bystander.tab);
  const passwords = { currentPassword: PASSWORD, newPassword: "other horse", revokeOtherSessions: true };
  const answer = await auth(person, route, route === "change-password" ? passwords : {}, prefix);
  expect(answer.status).toBe(200);
  if (there) await closed(tabThere);
  await (here ? closed(tabHere) : stays(tabHere));
  await stays(bystander.tab);
});

test("T12 a stream over HTTP ends with its session, and one of another session goes on", async () => {
  const here = await signIn(desk.owner);
  const { chat_id, tab } = await startChat(desk);
  tabs.push(tab);
  // As if it had last been used days ago.
  await env.DB.prepare("update chat set last_activity_at = 0 where chat_id = ?").bind(chat_id).run();
  const path = `/api/chats/${desk.enterprise_id}/${chat_id}/events`;
  const mine = await openEvents(path, here);
  const other = await openEvents(path, desk.owner);
  await mine.next();
  await other.next();
  await auth(here, "sign-out");
  expect((await mine.all()).map(({ id }) => id)).toEqual([null]);
  await stays(tab);
  for (let event = await other.next(); event; event = await other.next())
    if (event.data.includes("chat.run_complete")) break;
  await other.leave();
});

test("T12 a live feed of usage ends with its session, and one of another session stays", async () => {
  const here = await signIn(desk.owner);
  const mine = await openFeed(here);
  const other = await openFeed(desk.owner);
  await auth(here, "sign-out");
  expect(await mine.ended).toBe(4401);
  expect(other.code).toBe(0);
  other.close();
});

test("T12 a session that ended while its socket was opening is looked for again", async () => {
  const here = await signIn(desk.owner);
  const { path, chat_id, tab: other } = await startChat(desk);
  tabs.push(other);
  const tab = await open(path, here);
  const sessionId = await env.DB.prepare("select id from session where token = ?")
    .bind(decodeURIComponent(here.token).split(".")[0])
    .first<string>("id");
  expect(sessionId).toBeTruthy();
  const looks: Promise<unknown>[] = [];
  const c = {
    env: { deps: compose(env) },
    var: { host: { app: null } },
    executionCtx: { waitUntil: (it: Promise<unknown>) => looks.push(it) },
  };
  const who = { user_id: here.user_id, email: "", name: "", realm: "foundry", session_id: sessionId! };
  const chat = { enterprise_id: desk.enterprise_id, chat_id };
  lookAgain(c as unknown as Ctx, chat, who);
  await Promise.all(looks);
  await stays(tab);
  // It goes without anybody being told, as one that went before the socket was there.
  await env.DB.prepare("delete from session where id = ?").bind(sessionId).run();
  lookAgain(c as unknown as Ctx, chat, who);
  await Promise.all(looks);
  await closed(tab);
  await stays(other);
});

test("T12 an index that can't be read does not keep anybody from signing out", async () => {
  const here = await signIn(desk.owner);
  const sink = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const gone = new Error("D1 is away");
  const broken = {
    ...compose(env),
    db: new Proxy(
      {},
      {
        get: () => () => {
          throw gone;
        },
      },
    ),
  };
  const ended = [{ user_id: here.user_id, session_id: "ses_1" }];
  await endSessions(broken as never, "foundry", ended);
  expect(sink.mock.calls.flat().join()).toContain("session.not_ended");
  sink.mockRestore();
});
