import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { openEvents } from "#test/support/event-stream";
import { keptTabs } from "#test/support/kept-tabs";
import { type Desk, LENDING, openDesk } from "#test/workers/chat-session/desk";
import { compose } from "#workers/compose";
import type { Ctx } from "#workers/gateway/call";
import { lookAgain } from "#workers/gateway/end-sessions";
import { makeKey, revokeKey } from "./api-keys.ts";
import { call, codeOf, makeApp, signUp } from "./client.ts";
import { takeOn } from "./take-on.ts";

let desk: Desk & { slug: string };
const { joinAs } = keptTabs();
beforeAll(async () => {
  desk = await openDesk();
});

const app = () => `/a/${desk.slug}`;
const newKey = () => makeKey(desk.owner, desk.enterprise_id, ["chat:impersonate"]);
const ask = (key: string, json: Record<string, unknown>) =>
  call("/api/chats/token", { token: key, json: { enterprise_id: desk.enterprise_id, ...json } });
type Visitor = { token: string; user_id: string };
async function visitor(key: string, externalId: string, more = {}): Promise<Visitor> {
  const { status, body } = await ask(key, { external_id: externalId, ...more });
  expect(status).toBe(200);
  const { access_token, user_id } = body as { access_token: string; user_id: string };
  return { token: access_token, user_id };
}
const socketPath = (chatId: string, userId: string) =>
  `${app()}/ws/${LENDING.name}/${desk.enterprise_id}/${chatId}/${userId}`;
const closed = (tab: Awaited<ReturnType<typeof joinAs>>) =>
  expect(tab.until(() => false, tab.frames.length)).rejects.toThrow("closed 4401");

test("one visitor of a host site is one end user for ever, also when they come many times at once", async () => {
  const { key } = await newKey();
  const came = await Promise.all(Array.from({ length: 8 }, () => visitor(key, "customer 17")));
  expect(new Set(came.map(({ user_id }) => user_id)).size).toBe(1);
  const { key: second } = await newKey();
  expect((await visitor(second, "customer 17")).user_id).toBe(came[0]?.user_id);
  expect((await visitor(key, "customer 18")).user_id).not.toBe(came[0]?.user_id);
  const { results } = await env.DB.prepare("select name from user where realm = ? and email like '%.invalid'")
    .bind(desk.enterprise_id)
    .all();
  expect(results).toHaveLength(2);
  await visitor(key, "customer 17", { name: "Ada" });
  const named = await env.DB.prepare("select name from user where id = ?")
    .bind(came[0]?.user_id)
    .first("name");
  expect(named).toBe("Ada");
});

test("T03 a key signs in end users of its own app alone: by id, nobody of another, of the foundry, or of nowhere", async () => {
  const { key } = await newKey();
  const mine = await signUp({ prefix: app() });
  expect((await ask(key, { user_id: mine.user_id })).body).toMatchObject({ user_id: mine.user_id });
  const other = await makeApp(desk.owner, "Other");
  await env.DB.prepare("update enterprise set status = 'live' where enterprise_id = ?")
    .bind(other.enterprise_id)
    .run();
  const theirs = await signUp({ prefix: `/a/${other.slug}` });
  for (const user_id of [theirs.user_id, desk.owner.user_id, "user_nobody"])
    expect(codeOf(await ask(key, { user_id }))).toBe("NOT_FOUND");
  expect(codeOf(await ask(key, {}))).toBe("BAD_REQUEST");
  expect(codeOf(await ask(key, { user_id: mine.user_id, external_id: "x" }))).toBe("BAD_REQUEST");
  expect(codeOf(await ask(key, { external_id: "x", enterprise_id: other.enterprise_id }))).toBe("NOT_FOUND");
  expect(codeOf(await ask(mine.token, { external_id: "x" }))).toBe("UNAUTHENTICATED");
  expect(codeOf(await ask(desk.owner.token, { external_id: "x" }))).toBe("NOT_FOUND");
});

test("a program starts a chat, says something and reads the log for a visitor; revoking the key ends that at once", async () => {
  const { key, key_id } = await newKey();
  const { token, user_id } = await visitor(key, "over http");
  const start = () =>
    call(`${app()}/api/chats/${desk.enterprise_id}/${LENDING.name}/start`, { token, json: { user_id } });
  const { body } = await start();
  const { chat_id } = body as { chat_id: string };
  const say = () =>
    call(`${app()}/chat/${desk.enterprise_id}/${chat_id}/${user_id}/input`, {
      token,
      json: { message: "Where is tool T-101?", workflow_name: LENDING.name },
    });
  expect((await say()).status).toBe(202);
  const log = () => call(`${app()}/api/chats/${desk.enterprise_id}/${chat_id}/events`, { token });
  expect(JSON.stringify((await log()).body)).toContain("T-101");
  const listed = await call(`${app()}/api/chats/${desk.enterprise_id}/${LENDING.name}`, { token });
  expect(listed.body).toMatchObject({ items: [{ chat_id }] });
  await revokeKey(desk.owner, desk.enterprise_id, key_id);
  for (const again of [start, say, log]) expect(codeOf(await again())).toBe("UNAUTHENTICATED");
});

test("T02 a token for one chat starts no other and lists none", async () => {
  const { key } = await newKey();
  const { body } = await ask(key, { external_id: "of one chat", chat_id: "only-this" });
  const { access_token: token, user_id } = body as { access_token: string; user_id: string };
  const path = `${app()}/api/chats/${desk.enterprise_id}/${LENDING.name}`;
  expect(codeOf(await call(`${path}/start`, { token, json: {} }))).toBe("NOT_FOUND");
  expect(codeOf(await call(path, { token }))).toBe("NOT_FOUND");
  const say = (chatId: string) =>
    call(`${app()}/chat/${desk.enterprise_id}/${chatId}/${user_id}/input`, {
      token,
      json: { message: "Hello", workflow_name: LENDING.name },
    });
  expect((await say("only-this")).status).toBe(202);
  expect((await say("another")).status).toBe(404);
});

test("T12 T22 revoking a key closes every socket and stream that its tokens opened, and nobody else's", async () => {
  const { key, key_id } = await newKey();
  const { key: kept } = await newKey();
  const people = await Promise.all(Array.from({ length: 30 }, (_, n) => visitor(key, `crowd ${n}`)));
  const tabs = await Promise.all(people.map((it, n) => joinAs(it, socketPath(`crowd-${n}`, it.user_id))));
  // The same people in the same chats, signed in by another key.
  const twin = await visitor(kept, "crowd 0");
  const stays = await joinAs(twin, socketPath("crowd-0", twin.user_id));
  const stream = await openEvents(`${app()}/api/chats/${desk.enterprise_id}/crowd-1/events`, people[1]);
  await stream.next();
  const seats = () => env.DB.prepare("select count(*) as n from key_seat where key_id = ?").bind(key_id);
  expect(await seats().first("n")).toBe(30);
  expect((await revokeKey(desk.owner, desk.enterprise_id, key_id)).status).toBe(200);
  await Promise.all(tabs.map(closed));
  await stream.all();
  expect(await seats().first("n")).toBe(0);
  await expect(joinAs(people[2]!, socketPath("crowd-2", people[2]!.user_id))).rejects.toThrow("closed 4401");
  expect((await stays.say("Where is tool T-101?")).at(-1)?.type).toBe("chat.run_complete");
});

test("T12 T22 what a removed member's key has open is closed with their membership", async () => {
  const admin = await signUp();
  const members = `/api/apps/${desk.enterprise_id}/members`;
  await takeOn(desk.owner, desk.enterprise_id, admin, "admin");
  const { key } = await makeKey(admin, desk.enterprise_id, ["chat:impersonate"]);
  const guest = await visitor(key, "of a removed member");
  const tab = await joinAs(guest, socketPath("removed", guest.user_id));
  await call(`${members}/${admin.user_id}`, { method: "DELETE", token: desk.owner.token });
  await closed(tab);
});

test("T12 a key that was revoked while a socket was opening is looked for again", async () => {
  const { key, key_id } = await newKey();
  const guest = await visitor(key, "opening");
  const tab = await joinAs(guest, socketPath("opening", guest.user_id));
  const looks: Promise<unknown>[] = [];
  const c = {
    env: { deps: compose(env) },
    executionCtx: { waitUntil: (it: Promise<unknown>) => looks.push(it) },
  };
  const who = { user_id: guest.user_id, email: "", name: "", realm: desk.enterprise_id, key_id };
  const look = async () => {
    lookAgain(c as unknown as Ctx, { enterprise_id: desk.enterprise_id, chat_id: "opening" }, who);
    await Promise.all(looks);
  };
  await look();
  expect((await tab.say("Where is tool T-101?")).at(-1)?.type).toBe("chat.run_complete");
  // It goes without anybody being told.
  await env.DB.prepare("delete from api_key where key_id = ?").bind(key_id).run();
  await look();
  await closed(tab);
});
