import { env } from "cloudflare:workers";
import { SignJWT } from "jose";
import { beforeAll, expect, test } from "vitest";
import type { AppDetail } from "#protocol/api/app";
import type { EndUser, JoinLink } from "#protocol/api/end-user";
import { openEvents } from "#test/support/event-stream";
import { keptTabs } from "#test/support/kept-tabs";
import { type Desk, LENDING, openDesk } from "#test/workers/chat-session/desk";
import { makeKey } from "./api-keys.ts";
import { call, codeOf, type Person, signUp, worker } from "./client.ts";
import { codeOfMail, mailsTo } from "./mailbox.ts";
import { prove, takeOn } from "./take-on.ts";

let desk: Desk & { slug: string };
let app: string;
let site: string;
const { joinAs } = keptTabs();
beforeAll(async () => {
  desk = await openDesk();
  app = `/api/apps/${desk.enterprise_id}`;
  site = `/a/${desk.slug}`;
});

const asOwner = (path: string, json?: unknown, method?: string) =>
  call(`${app}${path}`, {
    token: desk.owner.token,
    ...(json === undefined ? {} : { json }),
    ...(method && { method }),
  });
const set = async (json: unknown) => (await asOwner("", json, "PATCH")).body as AppDetail;
const start = (who: { token: string }) =>
  call(`${site}/api/chats/${desk.enterprise_id}/${LENDING.name}/start`, {
    token: who.token,
    json: { force_new: true },
  });
const list = (who: { token: string }) =>
  call(`${site}/api/workflows?enterprise_id=${desk.enterprise_id}`, { token: who.token });
const signUpHere = (email: string, headers = {}) =>
  call(`${site}/api/auth/sign-up/email`, {
    json: { email, password: "correct horse", name: "A Person" },
    headers,
  });
async function byCode(email: string) {
  await call(`${site}/api/auth/email-otp/send-verification-otp`, { json: { email, type: "sign-in" } });
  return call(`${site}/api/auth/sign-in/email-otp`, { json: { email, otp: await codeOfMail(email) } });
}
const tokenOf = ({ headers }: { headers: Headers }) => headers.get("set-auth-token") ?? "";
async function guest(): Promise<Person> {
  const made = await call(`${site}/api/auth/sign-in/anonymous`, { json: {} });
  expect(made.status).toBe(200);
  return { token: tokenOf(made), user_id: (made.body as { user: { id: string } }).user.id, email: "" };
}
const path = (who: { user_id: string }, chatId: string) =>
  `${site}/ws/${LENDING.name}/${desk.enterprise_id}/${chatId}/${who.user_id}`;
/** What somebody gets who is not let in. */
async function knock(who: { token: string; user_id: string }, chatId = "knock") {
  const headers = { upgrade: "websocket", authorization: `Bearer ${who.token}` };
  const request = new Request(`http://localhost:8787${path(who, chatId)}`, { headers });
  const socket = (await worker.fetch(request)).webSocket!;
  let code = "";
  socket.addEventListener("message", ({ data }) => {
    code ||= JSON.parse(String(data)).data.code;
  });
  const closed = new Promise<number>((resolve) => socket.addEventListener("close", (it) => resolve(it.code)));
  socket.accept();
  return [await closed, code];
}
const users = async (query = "") =>
  (await asOwner(`/users${query}`)).body as { items: EndUser[]; next_cursor: string | null };
const changeUser = (who: { user_id: string }, json: unknown, by = desk.owner) =>
  call(`${app}/users/${who.user_id}`, { method: "PATCH", token: by.token, json });

test("an app goes from public to sign_in to invited, and closes to whom it no longer is for, at once", async () => {
  await set({ sign_in: { guests: true } });
  const [stranger, listed, visiting] = [
    await signUp({ prefix: site }),
    await signUp({ prefix: site }),
    await guest(),
  ];
  expect((await asOwner("/invited-users", { email: listed.email.toUpperCase() })).status).toBe(201);
  expect((await mailsTo(listed.email))[0]?.text).toContain("/sign-in");
  const tabs = {
    stranger: await joinAs(stranger, path(stranger, "of-stranger")),
    listed: await joinAs(listed, path(listed, "of-listed")),
    guest: await joinAs(visiting, path(visiting, "of-guest")),
  };
  const stream = await openEvents(`${site}/api/chats/${desk.enterprise_id}/of-stranger/events`, stranger);
  for (let event = await stream.next(); event; event = await stream.next())
    if (event.data.includes("chat.resume_boundary")) break;
  const gone = (tab: (typeof tabs)["guest"]) =>
    expect(tab.until(() => false, tab.frames.length)).rejects.toThrow("closed 1008");

  expect(await set({ visibility: "sign_in" })).toMatchObject({ visibility: "sign_in" });
  await gone(tabs.guest);
  expect(codeOf(await start(visiting))).toBe("NOT_ADMITTED");
  expect(await knock(visiting)).toEqual([1008, "NOT_ADMITTED"]);
  expect((await call(`${site}/api/auth/sign-in/anonymous`, { json: {} })).status).not.toBe(200);
  expect((await call(`${site}/api/site`)).body).toMatchObject({
    visibility: "sign_in",
    sign_in: { guest: false },
  });
  expect((await start(stranger)).status).toBe(200);
  expect((await call(`/api/workflows/discover/${desk.enterprise_id}`)).status).toBe(404);
  expect((await call(`${site}/api/workflows/discover/${desk.enterprise_id}`)).status).toBe(404);

  // On the list, but nobody knows whether the address is theirs.
  await set({ visibility: "invited" });
  await gone(tabs.stranger);
  await gone(tabs.listed);
  expect(await stream.all()).toEqual([]);
  expect(codeOf(await list(listed))).toBe("NOT_ADMITTED");
  await prove(listed);
  expect((await list(listed)).status).toBe(200);
  const back = await joinAs(listed, path(listed, "of-listed"));
  for (const who of [stranger, visiting]) {
    for (const ask of [start, list])
      expect([(await ask(who)).status, codeOf(await ask(who))]).toEqual([403, "NOT_ADMITTED"]);
    expect(await knock(who)).toEqual([1008, "NOT_ADMITTED"]);
    const said = await call(`${site}/chat/${desk.enterprise_id}/of-stranger/${who.user_id}/input`, {
      token: who.token,
      json: { message: "Hello?", workflow_name: LENDING.name },
    });
    expect(codeOf(said)).toBe("NOT_ADMITTED");
  }
  // Its team goes on, and somebody let in by hand comes in; taken off the list is out.
  expect(
    (
      await call(`/api/chats/${desk.enterprise_id}/${LENDING.name}/start`, {
        token: desk.owner.token,
        json: {},
      })
    ).status,
  ).toBe(200);
  await changeUser(stranger, { admitted: true });
  expect((await start(stranger)).status).toBe(200);
  expect(
    (await asOwner(`/invited-users/${encodeURIComponent(listed.email)}`, undefined, "DELETE")).status,
  ).toBe(200);
  await gone(back);
  const tab = await joinAs(stranger, path(stranger, "of-stranger"));
  await changeUser(stranger, { admitted: false });
  await gone(tab);
  await set({ visibility: "public" });
  expect(codeOf(await start(stranger))).toBe("NOT_ADMITTED");
  expect((await start(listed)).status).toBe(200);
});

test("T18 where only invited people come in, strangers get no account, and nobody learns who is invited", async () => {
  const known = await signUp({ prefix: site });
  await set({ visibility: "invited" });
  await asOwner("/invited-users", { email: "ina@example.net" });
  const shown = (it: Awaited<ReturnType<typeof signUpHere>>) => [it.status, JSON.stringify(it.body)];
  const one = await signUpHere("ina@example.net");
  expect(one).toMatchObject({ status: 403, body: { code: "NOT_ADMITTED" } });
  expect(shown(one)).toEqual(shown(await signUpHere("nobody@example.net")));
  expect(shown(one)).toEqual(shown(await signUpHere(known.email)));
  const stranger = await byCode("nobody@example.net");
  expect(stranger).toMatchObject({ status: 403, body: { code: "NOT_ADMITTED" } });
  const invited = await byCode("ina@example.net");
  expect(invited.status).toBe(200);
  expect((await start({ token: tokenOf(invited) })).status).toBe(200);
  await set({ visibility: "public" });
});

test("the link lets in who signs up by it; a new one voids it, and who was put out stays out", async () => {
  await set({ visibility: "invited" });
  const made = (await asOwner("/join-link", {})).body as JoinLink;
  const token = made.url.split("#token=")[1]!;
  expect(made.url).toContain(`${desk.slug}.`);
  const stored = JSON.stringify((await env.DB.prepare("select * from enterprise").all()).results);
  expect(stored).not.toContain(token);
  const settings = await asOwner("");
  expect((settings.body as AppDetail).join_link_made_at).toBe(made.created_at);
  expect(JSON.stringify([settings.body, (await asOwner("/audit")).body])).not.toContain(token);

  expect((await signUpHere("jo@example.net", { "mozaiks-join": "wrong" })).status).toBe(403);
  const jo = await signUpHere("jo@example.net", { "mozaiks-join": token });
  expect(jo.status).toBe(200);
  const who = { token: tokenOf(jo), user_id: (jo.body as { user: { id: string } }).user.id };
  expect(codeOf(await start(who))).toBe("NOT_ADMITTED");
  const join = (by: { token: string }, it = token) =>
    call(`${site}/api/join`, { token: by.token, json: { token: it } });
  expect(codeOf(await join(who, "wrong"))).toBe("NOT_FOUND");
  expect((await join(who)).status).toBe(200);
  expect((await start(who)).status).toBe(200);
  await changeUser(who, { admitted: false });
  expect(codeOf(await join(who))).toBe("NOT_ADMITTED");

  const again = (await asOwner("/join-link", {})).body as JoinLink;
  expect((await signUpHere("ji@example.net", { "mozaiks-join": token })).status).toBe(403);
  const ji = {
    token: tokenOf(await signUpHere("ji@example.net", { "mozaiks-join": again.url.split("#token=")[1]! })),
  };
  expect(codeOf(await join(ji))).toBe("NOT_FOUND");
  await asOwner("/join-link", undefined, "DELETE");
  expect(codeOf(await join(ji, again.url.split("#token=")[1]))).toBe("NOT_FOUND");
  await set({ visibility: "public" });
});

test("whom a key or a host site signs in counts as invited, unless the team has put them out", async () => {
  await set({ visibility: "invited" });
  const { key } = await makeKey(desk.owner, desk.enterprise_id, ["chat:impersonate"]);
  const ask = { enterprise_id: desk.enterprise_id, external_id: "customer 1" };
  const made = (await call("/api/chats/token", { token: key, json: ask })).body as {
    access_token: string;
    user_id: string;
  };
  const byKey = { token: made.access_token, user_id: made.user_id };
  (await joinAs(byKey, path(byKey, "by-key"))).close();
  await asOwner("/identity", { algorithm: "HS256" }, "PATCH");
  const { secret } = (await asOwner("/identity/secrets", {})).body as { secret: string };
  const token = await new SignJWT({ sub: "customer 2", aud: desk.enterprise_id })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuedAt()
    .setExpirationTime("5m")
    .sign(new TextEncoder().encode(secret));
  const exchanged = await call(`${site}/api/identity/exchange`, {
    json: { enterprise_id: desk.enterprise_id, token },
  });
  const { session_token, user_id } = exchanged.body as { session_token: string; user_id: string };
  const signed = { token: session_token, user_id };
  expect((await start(signed)).status).toBe(200);
  for (const who of [byKey, signed]) {
    await changeUser(who, { admitted: false });
    expect(await knock(who, "out")).toEqual([1008, "NOT_ADMITTED"]);
  }
  await set({ visibility: "public" });
});

test("the team lists its people a page at a time and finds them; who may not, can't, and another app's are none", async () => {
  const [operator, viewer] = [await signUp(), await signUp()];
  await takeOn(desk.owner, desk.enterprise_id, operator, "operator");
  await takeOn(desk.owner, desk.enterprise_id, viewer, "viewer");
  const found: EndUser[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page = await users(`?limit=2${cursor && `&cursor=${cursor}`}`);
    found.push(...page.items);
    cursor = page.next_cursor;
  }
  const { n } = (await env.DB.prepare("select count(*) as n from user where realm = ?")
    .bind(desk.enterprise_id)
    .first<{ n: number }>())!;
  expect([found.length, new Set(found.map((it) => it.user_id)).size]).toEqual([n, n]);
  expect(found.filter(({ kind }) => kind !== "account").every(({ email }) => email === null)).toBe(true);
  expect((await users("?search=INA%40example")).items.map(({ email }) => email)).toEqual(["ina@example.net"]);
  expect((await users("?search=%25")).items).toEqual([]);
  expect((await call(`${app}/users`, { token: operator.token })).status).toBe(200);
  expect(codeOf(await call(`${app}/users`, { token: viewer.token }))).toBe("FORBIDDEN");
  expect(codeOf(await changeUser(found[0]!, { admitted: false }, operator))).toBe("FORBIDDEN");
  expect(codeOf(await changeUser(viewer, { admitted: false }))).toBe("NOT_FOUND");
});

test("while an app is worked on its users read why and write nothing; its team goes on, and what runs ends", async () => {
  const [una, max] = [await signUp({ prefix: site }), await signUp({ prefix: site })];
  const tab = await joinAs(una, path(una, "of-una"));
  const asked = await tab.say("I want to borrow a tool, T-101");
  const card = asked.find(({ type }) => type === "chat.tool_call")!.data as { tool_call_id: string };
  expect(await set({ maintenance: "Back at noon." })).toMatchObject({ maintenance: "Back at noon." });
  expect((await call(`${site}/api/site`)).body).toMatchObject({ maintenance: "Back at noon." });

  const from = tab.frames.length;
  tab.send("user.input.submit", { text: "hello", client_message_id: "c1" });
  const refused = await tab.until(({ type }) => type === "chat.error", from);
  expect(refused.data).toMatchObject({
    code: "MAINTENANCE",
    retryable: true,
    details: { maintenance: "Back at noon.", client_message_id: "c1" },
  });
  const said = await call(`${site}/chat/${desk.enterprise_id}/of-una/${una.user_id}/input`, {
    token: una.token,
    json: { message: "Hello?", workflow_name: LENDING.name },
  });
  expect([said.status, codeOf(said), said.headers.get("retry-after")]).toEqual([503, "MAINTENANCE", "300"]);
  const begun = await start(max);
  expect([begun.status, codeOf(begun), begun.headers.get("retry-after")]).toEqual([
    503,
    "MAINTENANCE",
    "300",
  ]);
  // What was asked before is answered to its end.
  const ended = await tab.answer(card.tool_call_id, { approved: true });
  expect(ended.at(-1)?.data).toMatchObject({ status: "completed" });
  const own = await joinAs(desk.owner, `/ws/${LENDING.name}/${desk.enterprise_id}/own/${desk.owner.user_id}`);
  expect((await own.say("Where is tool T-101?")).at(-1)?.data).toMatchObject({ status: "completed" });

  await set({ maintenance: null });
  expect((await tab.say("Where is tool T-101?")).at(-1)?.data).toMatchObject({ status: "completed" });
  expect((await start(max)).status).toBe(200);
});
