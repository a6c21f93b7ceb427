import { env } from "cloudflare:workers";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { beforeAll, expect, test } from "vitest";
import type { CreatedIdentitySecret, IdentitySettings } from "#protocol/api/identity";
import { keptTabs } from "#test/support/kept-tabs";
import { type Desk, LENDING, openDesk } from "#test/workers/chat-session/desk";
import { call, codeOf, makeApp, signUp } from "./client.ts";

const PAGE = "https://shop.example";
let desk: Desk & { slug: string };
let secret: CreatedIdentitySecret;
const { joinAs } = keptTabs();

const settingsPath = () => `/api/apps/${desk.enterprise_id}/identity`;
const change = (json: unknown) => call(settingsPath(), { method: "PATCH", token: desk.owner.token, json });
const newSecret = () => call(`${settingsPath()}/secrets`, { method: "POST", token: desk.owner.token });
const removeSecret = (id: string) =>
  call(`${settingsPath()}/secrets/${id}`, { method: "DELETE", token: desk.owner.token });
const settings = async () =>
  (await call(settingsPath(), { token: desk.owner.token })).body as IdentitySettings;

beforeAll(async () => {
  desk = await openDesk();
  secret = (await newSecret()).body as CreatedIdentitySecret;
  await change({ algorithm: "HS256", origins: [PAGE] });
});

/** As a host page's server signs its visitor. */
function sign(sub: string, more: Record<string, unknown> = {}, by = secret.secret): Promise<string> {
  return new SignJWT({ sub, aud: desk.enterprise_id, ...more })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuedAt()
    .setExpirationTime("5m")
    .sign(new TextEncoder().encode(by));
}
const exchange = (token: string, more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  call(`/a/${desk.slug}/api/identity/exchange`, {
    json: { enterprise_id: desk.enterprise_id, token, ...more },
    headers,
  });
type Session = { session_token: string; user_id: string; name: string };
const signedIn = async (sub: string, more: Record<string, unknown> = {}, body = {}) => {
  const answer = await exchange(await sign(sub, more), body);
  expect(answer.status).toBe(200);
  return answer.body as Session;
};
const me = (token: string) => call(`/a/${desk.slug}/api/me`, { token });
const open = (it: Session, chatId: string) =>
  joinAs(
    { token: it.session_token },
    `/a/${desk.slug}/ws/${LENDING.name}/${desk.enterprise_id}/${chatId}/${it.user_id}`,
  );
const signOut = (token: string) =>
  call(`/a/${desk.slug}/api/identity/sign-out`, {
    json: { enterprise_id: desk.enterprise_id, session_token: token },
  });

test("a visitor that a host page's server signed has a session of the app, and is the same end user each time", async () => {
  const first = await signedIn("ada", { name: "Ada" });
  expect((await me(first.session_token)).body).toMatchObject({
    user_id: first.user_id,
    name: "Ada",
    realm: desk.enterprise_id,
    enterprises: [],
  });
  const again = await signedIn("ada");
  expect(again.user_id).toBe(first.user_id);
  expect(again.name).toBe("Ada");
  expect((await signedIn("bob")).user_id).not.toBe(first.user_id);
  const tab = await open(first, "of-ada");
  expect((await tab.say("Where is tool T-101?")).at(-1)?.type).toBe("chat.run_complete");
  // At the foundry they are nobody.
  expect((await call("/api/me", { token: first.session_token })).status).toBe(401);
});

test("T19 a token with a jti is good once, also for many at once; without one until it expires", async () => {
  const once = await sign("jti", { jti: "n-1" });
  const all = await Promise.all(Array.from({ length: 6 }, () => exchange(once)));
  expect(all.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401, 401]);
  const plain = await sign("jti");
  expect((await exchange(plain)).status).toBe(200);
  expect((await exchange(plain)).status).toBe(200);
  await env.DB.prepare("update used_token set expires_at = 1").run();
  await exchange(await sign("jti", { jti: "n-2" }));
  const kept = await env.DB.prepare("select jti from used_token").all();
  expect(kept.results).toEqual([{ jti: "n-2" }]);
});

test("what is not signed as the app has set is 401, writes nothing, and says no more", async () => {
  const users = () => env.DB.prepare("select count(*) as n from user").first("n");
  const before = await users();
  const other = await makeApp(desk.owner, "Other");
  const bad = [
    await sign("eve", {}, `mzi_${"x".repeat(52)}`),
    await sign("eve", { aud: other.enterprise_id }),
    await sign("eve", { jti: "" }),
    `${btoa('{"alg":"none"}')}.${btoa(`{"sub":"eve","aud":"${desk.enterprise_id}"}`)}.`,
    "nonsense",
  ];
  for (const token of bad) {
    const answer = await exchange(token);
    expect([answer.status, codeOf(answer)]).toEqual([401, "UNAUTHENTICATED"]);
  }
  const old = new SignJWT({ sub: "eve", aud: desk.enterprise_id })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuedAt(1)
    .setExpirationTime(2);
  expect(codeOf(await exchange(await old.sign(new TextEncoder().encode(secret.secret))))).toBe(
    "TOKEN_EXPIRED",
  );
  expect(codeOf(await exchange("x".repeat(9_000)))).toBe("BAD_REQUEST");
  expect(await users()).toBe(before);
  // Of another app, of a draft, of none: the same.
  for (const enterprise_id of [other.enterprise_id, "ent_none"]) {
    expect(codeOf(await exchange(await sign("eve"), { enterprise_id }))).toBe("NOT_FOUND");
    const json = { enterprise_id, token: await sign("eve") };
    expect(codeOf(await call("/api/identity/exchange", { json }))).toBe("NOT_FOUND");
  }
});

test("T10 only pages of the app's origins may exchange, and are told so exactly", async () => {
  const token = await sign("page");
  for (const origin of [
    "https://evil.example",
    "null",
    "https://shop.example.evil.example",
    "https://sub.shop.example",
    "http://shop.example",
    "https://shop.example:8443",
    "HTTPS://SHOP.EXAMPLE",
  ]) {
    const refused = await exchange(token, {}, { origin });
    expect({ origin, code: codeOf(refused) }).toEqual({ origin, code: "WRONG_ORIGIN" });
    expect(refused.headers.get("access-control-allow-origin")).toBeNull();
  }
  const fine = await exchange(token, {}, { origin: PAGE });
  expect([fine.status, fine.headers.get("access-control-allow-origin")]).toEqual([200, PAGE]);
  expect(fine.headers.get("vary")).toContain("Origin");
  expect(fine.headers.get("access-control-allow-credentials")).toBeNull();
  const wrong = await exchange("nonsense", {}, { origin: PAGE });
  expect([wrong.status, wrong.headers.get("access-control-allow-origin")]).toEqual([401, PAGE]);
  const ask = (path: string, origin: string) => call(path, { method: "OPTIONS", headers: { origin } });
  const before = await ask(`/a/${desk.slug}/api/identity/exchange`, PAGE);
  expect([before.status, before.headers.get("access-control-allow-headers")]).toEqual([
    204,
    "content-type, authorization, idempotency-key",
  ]);
  expect(before.headers.get("access-control-allow-origin")).toBe(PAGE);
  expect((await ask(`/a/${desk.slug}/api/identity/exchange`, "https://evil.example")).status).toBe(403);
  expect((await ask("/api/identity/exchange", PAGE)).status).toBe(403);
  expect((await ask(`/a/${desk.slug}/api/me`, PAGE)).headers.get("access-control-allow-origin")).toBeNull();
});

test("T12 T14 another visitor takes the session's place, which ends with what it has open; the same one keeps theirs", async () => {
  const ada = await signedIn("ada");
  const tab = await open(ada, "place-of-ada");
  const same = await signedIn("ada", {}, { session_token: ada.session_token });
  expect(same.session_token).toBe(ada.session_token);
  expect((await tab.say("Where is tool T-101?")).at(-1)?.type).toBe("chat.run_complete");
  const bob = await signedIn("bob", {}, { session_token: ada.session_token });
  await expect(tab.until(() => false, tab.frames.length)).rejects.toThrow("closed 4401");
  expect((await me(ada.session_token)).status).toBe(401);
  expect((await me(bob.session_token)).body).toMatchObject({ user_id: bob.user_id });
});

test("T12 signing out ends that session and what it has open, and no other", async () => {
  const [here, there] = [await signedIn("cleo"), await signedIn("cleo")];
  const tab = await open(here, "of-cleo");
  const other = await open(there, "of-cleo");
  expect((await signOut(here.session_token)).body).toEqual({ signed_out: true });
  await expect(tab.until(() => false, tab.frames.length)).rejects.toThrow("closed 4401");
  expect((await me(here.session_token)).status).toBe(401);
  expect((await other.say("Where is tool T-101?")).at(-1)?.type).toBe("chat.run_complete");
  expect((await signOut("nobody")).status).toBe(200);
  // A session of the foundry's is none of this app's.
  expect((await signOut(desk.owner.token)).status).toBe(200);
  expect((await call("/api/me", { token: desk.owner.token })).status).toBe(200);
});

test("an address that a host site vouches for makes nobody's account a visitor's", async () => {
  const person = await signUp({ prefix: `/a/${desk.slug}` });
  const visitor = await signedIn("pretender", { email: person.email, email_verified: true });
  expect(visitor.user_id).not.toBe(person.user_id);
  expect(JSON.stringify((await me(visitor.session_token)).body)).not.toContain(person.email);
});

test("T50 a secret is told once, is among no app's secrets, and two take turns", async () => {
  expect(secret.secret).toMatch(/^mzi_[0-9a-z]{52}$/);
  const second = (await newSecret()).body as CreatedIdentitySecret;
  expect((await newSecret()).status).toBe(409);
  expect((await settings()).secrets.map(({ secret_id }) => secret_id).sort()).toEqual(
    [secret.secret_id, second.secret_id].sort(),
  );
  const own = await call(`/api/apps/${desk.enterprise_id}/secrets`, { token: desk.owner.token });
  expect(own.body).toEqual({ items: [] });
  const dump = [await settings(), (await env.DB.prepare("select * from secret").all()).results];
  for (const { secret: value } of [secret, second]) expect(JSON.stringify(dump)).not.toContain(value);
  for (const by of [secret, second])
    expect((await exchange(await sign("turns", {}, by.secret))).status).toBe(200);
  expect((await removeSecret(second.secret_id)).status).toBe(200);
  expect((await exchange(await sign("turns", {}, second.secret))).status).toBe(401);
  expect((await exchange(await sign("turns"))).status).toBe(200);
  expect((await removeSecret(second.secret_id)).status).toBe(404);
});

test("with ES256 the app's own public keys count, and its secret no more; turned off nothing does", async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const byKey = (sub: string) =>
    new SignJWT({ sub, aud: desk.enterprise_id })
      .setProtectedHeader({ alg: "ES256" })
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(privateKey);
  const ada = await signedIn("ada");
  expect((await change({ algorithm: "ES256", public_keys: [await exportJWK(publicKey)] })).status).toBe(200);
  const answer = await exchange(await byKey("ada"));
  expect(answer.body).toMatchObject({ user_id: ada.user_id });
  expect((await exchange(await sign("ada"))).status).toBe(401);
  expect(codeOf(await change({ public_keys: [{ ...(await exportJWK(publicKey)), x: "AAAA" }] }))).toBe(
    "BAD_REQUEST",
  );
  await change({ algorithm: null });
  expect((await exchange(await byKey("ada"))).status).toBe(401);
  await change({ algorithm: "HS256", public_keys: [] });
  expect(await settings()).toMatchObject({ algorithm: "HS256", public_keys: [], origins: [PAGE] });
});

test("T24 with the app its visitors go", async () => {
  await call(`/api/apps/${desk.enterprise_id}`, { method: "DELETE", token: desk.owner.token });
  for (const table of [
    "visitor where realm",
    "identity where enterprise_id",
    "used_token where enterprise_id",
  ]) {
    const left = await env.DB.prepare(`select count(*) as n from ${table} = ?`)
      .bind(desk.enterprise_id)
      .first("n");
    expect({ table, left }).toEqual({ table, left: 0 });
  }
});
