import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Role } from "#enterprises/may";
import type { ApiKey } from "#protocol/api/key";
import { makeKey, revokeKey } from "./api-keys.ts";
import { call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { GREETER } from "./greeter.ts";
import { takeOn } from "./take-on.ts";

let owner: Person;
let acme: MadeApp;
beforeAll(async () => {
  await migrate();
  owner = await signUp();
});
beforeEach(async () => {
  acme = await makeApp(owner);
});

const path = () => `/api/apps/${acme.enterprise_id}`;
const list = async () =>
  ((await call(`${path()}/keys`, { token: owner.token })).body as { items: ApiKey[] }).items;
const read = (key: string) => call(path(), { token: key });

async function member(role: Role): Promise<Person> {
  const person = await signUp();
  await takeOn(owner, acme.enterprise_id, person, role);
  return person;
}

test("T22 a key is told once: no list, no audit row and no table holds it", async () => {
  const made = await makeKey(owner, acme.enterprise_id, ["app.read"], { name: "The shop" });
  expect(made.key).toMatch(/^mzk_[0-9a-z]{26}_[0-9a-z]{52}$/);
  const { key, ...shown } = made;
  const listed = await list();
  expect(listed).toEqual([shown]);
  expect(shown).toMatchObject({
    name: "The shop",
    scopes: ["app.read"],
    created_by: owner.user_id,
    expires_at: null,
    last_used_at: null,
    active: true,
  });
  expect(key.startsWith(shown.prefix)).toBe(true);
  const audit = await call(`${path()}/audit`, { token: owner.token });
  const { results } = await env.DB.prepare("select * from api_key").all();
  const secret = key.split("_")[2]!;
  for (const sink of [listed, audit.body, results]) expect(JSON.stringify(sink)).not.toContain(secret);
});

test("T22 nobody without a session makes a key, nor a key itself, nor a member who may not manage keys", async () => {
  const json = { name: "x", scopes: ["app.read"] };
  expect(codeOf(await call(`${path()}/keys`, { json }))).toBe("UNAUTHENTICATED");
  const { key } = await makeKey(owner, acme.enterprise_id, ["app.read", "workflows.write"]);
  expect(codeOf(await call(`${path()}/keys`, { json, token: key }))).toBe("FORBIDDEN");
  for (const role of ["editor", "operator", "viewer"] as const) {
    const { token } = await member(role);
    expect(codeOf(await call(`${path()}/keys`, { json, token }))).toBe("FORBIDDEN");
    expect(codeOf(await call(`${path()}/keys`, { token }))).toBe("FORBIDDEN");
  }
  expect(await list()).toHaveLength(1);
});

test("scopes are a closed list, an expiry lies ahead, and both stay as they were made", async () => {
  const ask = (json: Record<string, unknown>) =>
    call(`${path()}/keys`, { token: owner.token, json: { name: "x", scopes: ["app.read"], ...json } });
  for (const json of [
    { scopes: ["keys.change"] },
    { scopes: [] },
    { scopes: "app.read" },
    { name: "two\nlines" },
    { expires_at: "2020-01-01T00:00:00.000Z" },
    { expires_at: "tomorrow" },
  ])
    expect({ json, code: codeOf(await ask(json)) }).toEqual({ json, code: "BAD_REQUEST" });
  const made = await makeKey(owner, acme.enterprise_id, ["app.read", "app.read"]);
  expect(made.scopes).toEqual(["app.read"]);
  const renamed = await call(`${path()}/keys/${made.key_id}`, {
    method: "PATCH",
    token: owner.token,
    json: { name: "New name", scopes: ["usage.read"], expires_at: null },
  });
  expect(renamed.body).toMatchObject({ name: "New name", scopes: ["app.read"] });
  expect(await list()).toMatchObject([{ name: "New name", scopes: ["app.read"] }]);
});

test("an app has at most 50 keys, also when many are made at once", async () => {
  const insert = env.DB.prepare(
    "insert into api_key (key_id, enterprise_id, name, hash, scopes, created_by, created_at) values (?, ?, 'x', '', '[]', 'u', 0)",
  );
  await env.DB.batch(Array.from({ length: 45 }, (_, n) => insert.bind(`key_${n}`, acme.enterprise_id)));
  const json = { name: "x", scopes: ["app.read"] };
  const made = await Promise.all(
    Array.from({ length: 10 }, () => call(`${path()}/keys`, { token: owner.token, json })),
  );
  expect(made.map(({ status }) => status).sort()).toEqual([...Array(5).fill(201), ...Array(5).fill(409)]);
  expect(await list()).toHaveLength(50);
});

test("when a key was used is noted, at most once a minute", async () => {
  const made = await makeKey(owner, acme.enterprise_id, ["app.read"]);
  await read(made.key);
  const [first] = await list();
  expect(first?.last_used_at).not.toBeNull();
  const set = (at: number) => env.DB.prepare("update api_key set last_used_at = ?").bind(at).run();
  const recent = Date.now() - 30_000;
  await set(recent);
  await read(made.key);
  expect((await list())[0]?.last_used_at).toBe(new Date(recent).toISOString());
  await set(recent - 60_000);
  await read(made.key);
  expect(Date.parse((await list())[0]?.last_used_at ?? "")).toBeGreaterThan(recent);
});

test("what a key did is in the audit log under its id, done or refused", async () => {
  const made = await makeKey(owner, acme.enterprise_id, ["app.read"]);
  const json = { enterprise_id: acme.enterprise_id, definition: GREETER };
  expect((await call("/api/workflows/register", { token: made.key, json })).status).toBe(403);
  const { body } = await call(`${path()}/audit`, { token: owner.token });
  expect(body).toMatchObject({
    items: [
      { actor: { user_id: made.key_id, role: "key" }, action: "workflows.register", outcome: "FORBIDDEN" },
      { actor: { user_id: owner.user_id }, action: "keys.create", target: made.key_id, outcome: "done" },
    ],
  });
});

test("a key is good on its own app's address too, and on no other app's", async () => {
  const other = await makeApp(owner, "Other");
  await env.DB.prepare("update enterprise set status = 'live'").run();
  const { key } = await makeKey(owner, acme.enterprise_id, ["app.read"]);
  expect((await call(`/a/${acme.slug}${path()}`, { token: key })).status).toBe(200);
  expect((await call(`/a/${other.slug}${path()}`, { token: key })).status).toBe(404);
});

test("T13 T22 a key ends with its maker's right to manage keys, and comes back with it", async () => {
  const admin = await member("admin");
  const { key, key_id } = await makeKey(admin, acme.enterprise_id, ["app.read"]);
  const give = (role: string) =>
    call(`${path()}/members/${admin.user_id}`, { method: "PATCH", token: owner.token, json: { role } });
  expect((await read(key)).status).toBe(200);
  await give("editor");
  expect((await read(key)).status).toBe(401);
  expect(await list()).toMatchObject([{ key_id, active: false }]);
  await give("admin");
  expect((await read(key)).status).toBe(200);
  await call(`${path()}/members/${admin.user_id}`, { method: "DELETE", token: owner.token });
  expect((await read(key)).status).toBe(401);
});

test("another app's keys can be neither seen, renamed nor revoked", async () => {
  const { key, key_id } = await makeKey(owner, acme.enterprise_id, ["app.read"]);
  const other = await makeApp(owner, "Other");
  expect(codeOf(await revokeKey(owner, other.enterprise_id, key_id))).toBe("NOT_FOUND");
  const renamed = await call(`/api/apps/${other.enterprise_id}/keys/${key_id}`, {
    method: "PATCH",
    token: owner.token,
    json: { name: "Mine" },
  });
  expect(codeOf(renamed)).toBe("NOT_FOUND");
  expect((await read(key)).status).toBe(200);
  expect((await revokeKey(owner, acme.enterprise_id, key_id)).status).toBe(200);
  expect((await read(key)).status).toBe(401);
});

test("with the app its keys go", async () => {
  const { key } = await makeKey(owner, acme.enterprise_id, ["app.read"]);
  await call(path(), { method: "DELETE", token: owner.token });
  expect((await read(key)).status).toBe(401);
  const { results } = await env.DB.prepare("select * from api_key where enterprise_id = ?")
    .bind(acme.enterprise_id)
    .all();
  expect(results).toEqual([]);
});
