import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { signChatToken } from "#auth/chat-token";
import { call, type MadeApp, makeApp, migrate, type Person, signUp, worker } from "./client.ts";
import { goLive } from "./greeter.ts";
import { countD1 } from "./round-trips.ts";

const { CHAT_SESSION, TOKEN_LEDGER, TOKEN_SECRET } = env;
const FOUNDRY = "http://localhost:8787";

let ann: Person;
let eve: Person;
let acme: MadeApp;
let chatId: string;
let jwt: string;
beforeAll(async () => {
  await migrate();
  [ann, eve] = await Promise.all([signUp(), signUp()]);
  acme = await makeApp(ann);
  await goLive(acme.enterprise_id);
  const start = `/api/chats/${acme.enterprise_id}/greeter/start`;
  chatId = ((await call(start, { json: {}, token: ann.token })).body as { chat_id: string }).chat_id;
  const asked = { json: { enterprise_id: acme.enterprise_id }, token: ann.token };
  jwt = ((await call("/api/chats/token", asked)).body as { access_token: string }).access_token;
});

type Tried =
  | { status: number; protocol?: undefined }
  | { status: 101; protocol: string | null; close?: number; first: Record<string, unknown> };

/** Opens a socket, waits for its first frame, and for the close if that was a refusal. */
async function connect(path: string, headers: Record<string, string> = {}, at = FOUNDRY): Promise<Tried> {
  const answer = await worker.fetch(
    new Request(`${at}${path}`, { headers: { upgrade: "websocket", ...headers } }),
  );
  const socket = answer.webSocket;
  if (!socket) return { status: answer.status };
  const closed = new Promise<number>((resolve) => socket.addEventListener("close", (it) => resolve(it.code)));
  const frame = new Promise<string>((resolve) =>
    socket.addEventListener("message", (it) => resolve(it.data as string), { once: true }),
  );
  socket.accept();
  const first = JSON.parse(await frame) as Record<string, unknown>;
  const protocol = answer.headers.get("sec-websocket-protocol");
  if (first.type !== "chat.error") {
    socket.close(1000);
    return { status: 101, protocol, first };
  }
  return { status: 101, protocol, first, close: await closed };
}

const pathOf = (it: { ent?: string; chat?: string; user?: string; workflow?: string } = {}) =>
  `/ws/${it.workflow ?? "greeter"}/${it.ent ?? acme.enterprise_id}/${it.chat ?? chatId}/${it.user ?? ann.user_id}`;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const base64url = (text: string) => btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function objects(): Promise<number> {
  const all = await Promise.all([listDurableObjectIds(CHAT_SESSION), listDurableObjectIds(TOKEN_LEDGER)]);
  return all.flat().length;
}

test("a chat token opens the chat from a header, a subprotocol pair or the query; only the first of the pair is echoed", async () => {
  const pair = { "sec-websocket-protocol": `mozaiks.bearer.v1, ${base64url(jwt)}` };
  expect(await connect(pathOf(), bearer(jwt))).toMatchObject({ status: 101, protocol: null });
  expect(await connect(pathOf(), pair)).toMatchObject({ status: 101, protocol: "mozaiks.bearer.v1" });
  expect(await connect(`${pathOf()}?access_token=${jwt}`)).toMatchObject({ status: 101 });
  const session = await connect(pathOf(), bearer(ann.token));
  expect(session).toMatchObject({ status: 101 });
  expect("close" in session).toBe(false);
});

test("T05 no token, a bad one and an expired one are told so and closed 4401, and no object is touched", async () => {
  const expired = await signChatToken(
    { sub: ann.user_id, realm: "foundry", enterprise_id: acme.enterprise_id },
    TOKEN_SECRET,
    Date.now() - 3_600_000,
    60_000,
  );
  const forged = await signChatToken(
    { sub: ann.user_id, realm: "foundry", enterprise_id: acme.enterprise_id },
    "another-secret-another-secret-another",
    Date.now(),
    60_000,
  );
  const before = await objects();
  for (const headers of [
    {},
    bearer("nonsense"),
    bearer("a.b.c"),
    bearer(expired.token),
    bearer(forged.token),
  ]) {
    const tried = await connect(pathOf({ chat: "never-made" }), headers);
    expect(tried).toMatchObject({
      status: 101,
      close: 4401,
      first: {
        type: "chat.error",
        data: { code: "TOKEN_EXPIRED", error_code: "TOKEN_EXPIRED", retryable: false },
      },
    });
  }
  expect(await objects()).toBe(before);
});

test("T01 T03 a token for another tenant, chat, user or realm is closed 1008, and no object is touched", async () => {
  const globex = await makeApp(ann, "Globex");
  await goLive(globex.enterprise_id);
  const asked = { json: { enterprise_id: acme.enterprise_id, chat_id: "one-chat" }, token: ann.token };
  const narrow = ((await call("/api/chats/token", asked)).body as { access_token: string }).access_token;
  const before = await objects();
  const tries: [string, string][] = [
    [pathOf({ ent: globex.enterprise_id }), jwt],
    [pathOf({ user: eve.user_id }), jwt],
    [pathOf({ user: ann.user_id }), eve.token],
    [pathOf({ chat: chatId }), narrow],
  ];
  for (const [path, token] of tries) {
    expect(await connect(path, bearer(token))).toMatchObject({
      close: 1008,
      first: { type: "chat.error", data: { code: "FORBIDDEN" } },
    });
  }
  const otherRealm = await connect(pathOf(), bearer(jwt), acme.url);
  expect(otherRealm).toMatchObject({ close: 4401 });
  expect(await objects()).toBe(before);
});

test("T02 another's chat, enterprise or workflow is 404 before the upgrade, and no object is touched", async () => {
  const guest = await signUp({ at: acme.url });
  const before = await objects();
  const theirs = pathOf({ user: guest.user_id });
  expect(await connect(theirs, bearer(guest.token), acme.url)).toEqual({ status: 404 });
  const paths = [
    pathOf({ user: eve.user_id }),
    pathOf({ user: eve.user_id, chat: "new-chat" }),
    pathOf({ user: eve.user_id, ent: "ent_nothing" }),
    pathOf({ user: eve.user_id, workflow: "generator" }),
    `/ws/usage/${acme.enterprise_id}`,
  ];
  for (const path of paths) expect(await connect(path, bearer(eve.token))).toEqual({ status: 404 });
  expect(await connect(pathOf({ workflow: "nobody", chat: "c1" }), bearer(ann.token))).toEqual({
    status: 404,
  });
  expect(await connect(pathOf({ workflow: "generator" }), bearer(ann.token))).toEqual({ status: 404 });
  expect(await connect(pathOf({ chat: "a%2F..%2Fb" }), bearer(ann.token))).toEqual({ status: 404 });
  expect(await objects()).toBe(before);
});

test("T10 a page of elsewhere gets 403, with any credential; one of this very address gets in with its cookie", async () => {
  const signedIn = await call("/api/auth/sign-in/email", {
    json: { email: ann.email, password: "correct horse" },
  });
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const before = await objects();
  const foreign = [
    "null",
    "http://evil.example",
    "http://localhost:8787.evil.example",
    "http://evil-localhost:8787",
    "http://localhost:8788",
    "https://localhost:8787",
    "http://LOCALHOST:8787",
    acme.url,
    "http://xn--lcalhost-7of:8787",
  ];
  for (const origin of foreign) {
    const bearing = await connect(pathOf(), { origin, ...bearer(jwt) });
    expect({ origin, ...bearing }).toEqual({ origin, status: 403 });
    const browsing = await connect(pathOf(), { origin, cookie });
    expect({ origin, ...browsing }).toEqual({ origin, status: 403 });
  }
  expect(await connect(pathOf(), { cookie })).toMatchObject({ close: 4401 });
  expect(await objects()).toBe(before);
  const own = await connect(pathOf(), { cookie, origin: FOUNDRY });
  expect("close" in own).toBe(false);
  expect(await connect(pathOf(), { origin: FOUNDRY, ...bearer(jwt) })).toMatchObject({ status: 101 });
});

test("a query that would choose the object's transport is refused", async () => {
  expect(await connect(`${pathOf()}?__agents_transport=capnweb`, bearer(jwt))).toEqual({ status: 400 });
});

test("a chat that does not exist yet is made, and belongs to who made it", async () => {
  const guest = await signUp({ at: acme.url });
  const path = pathOf({ chat: "picked-by-client", user: guest.user_id });
  const opened = await connect(path, bearer(guest.token), acme.url);
  expect("close" in opened).toBe(false);
  const mine = pathOf({ chat: "picked-by-client", user: ann.user_id });
  expect(await connect(mine, bearer(ann.token))).toEqual({ status: 404 });
});

test("a person whose name is not ASCII opens a chat", async () => {
  const zoe = await signUp({ at: acme.url, name: "Zoë 🚲" });
  const path = pathOf({ chat: "of-zoe", user: zoe.user_id });
  const opened = await connect(path, bearer(zoe.token), acme.url);
  expect(opened).toMatchObject({ status: 101 });
  expect("close" in opened).toBe(false);
});

test("the owner watches usage live; the path form of an app's address takes sockets too", async () => {
  const watched = await connect(`/ws/usage/${acme.enterprise_id}`, bearer(ann.token));
  expect(watched).toMatchObject({ first: { type: "usage.snapshot", data: { balance_nano: "5000000000" } } });
  const guest = await signUp({ prefix: `/a/${acme.slug}` });
  const path = `/a/${acme.slug}${pathOf({ chat: "by-path", user: guest.user_id })}`;
  expect("close" in (await connect(path, bearer(guest.token)))).toBe(false);
  expect(await connect(`/a/${acme.slug}/ws/usage/${acme.enterprise_id}`, bearer(guest.token))).toEqual({
    status: 403,
  });
});

test("a chat opens after one look at D1, a new one after one look and one row", async () => {
  const opening = async (chat: string) => {
    const asked = countD1();
    const answer = await worker.fetch(
      new Request(`${FOUNDRY}${pathOf({ chat })}`, { headers: { upgrade: "websocket", ...bearer(jwt) } }),
    );
    const { roundTrips } = asked();
    answer.webSocket?.accept();
    answer.webSocket?.close(1000);
    return roundTrips;
  };
  const fresh = crypto.randomUUID();
  // One more behind it, for which no one waits: whether the session is still there.
  expect(await opening(fresh)).toBe(3);
  // The note that it was used takes the place of the row, and no one waits for it.
  expect(await opening(fresh)).toBe(3);
});
