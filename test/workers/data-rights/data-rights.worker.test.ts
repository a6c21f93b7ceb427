import { env } from "cloudflare:workers";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { sha256Hex } from "#base/sha256-hex";
import { dataOf, openTab, type Tab } from "#test/support/chat-client";
import { LENDING } from "#test/workers/chat-session/lending";
import {
  call,
  codeOf,
  type MadeApp,
  makeApp,
  migrate,
  type Person,
  signUp,
  worker,
} from "#test/workers/gateway/client";
import { sendFile } from "#test/workers/gateway/send-file";
import { withRates } from "#test/workers/gateway/with-rates";
import { compose } from "#workers/compose";
import { doErasures, erasePerson } from "#workers/data-rights/erase";
import { d1Rows, named, whereIs } from "./stores.ts";

let owner: Person;
let app: MadeApp;
let other: MadeApp;
beforeAll(async () => {
  await migrate();
  owner = await signUp();
  app = await openApp("Library");
  other = await openApp("Elsewhere");
});

afterEach(() => {
  vi.restoreAllMocks();
});

async function openApp(name: string): Promise<MadeApp> {
  const made = await makeApp(owner, name);
  named.add(made.enterprise_id);
  const json = { enterprise_id: made.enterprise_id, definition: LENDING };
  const live = await call("/api/workflows/register", { token: owner.token, json });
  expect(live.status).toBe(201);
  return made;
}

type User = Person & { chat_id: string; tab: Tab; words: string };
let n = 0;

/** An end user who has everything that one can have: a chat with a file and a loan, an opinion, a delivery about them. */
async function comeIn(at = app): Promise<User> {
  const words = `canary${++n}`;
  const prefix = `/a/${at.slug}`;
  const person = await signUp({ prefix, email: `${words}@example.com`, name: `Name ${words}` });
  const start = await call(`${prefix}/api/chats/${at.enterprise_id}/${LENDING.name}/start`, {
    token: person.token,
    json: {},
  });
  const { chat_id } = start.body as { chat_id: string };
  const path = `${prefix}/ws/${LENDING.name}/${at.enterprise_id}/${chat_id}/${person.user_id}`;
  const tab = await openTab(path, person);
  const fields = { enterprise_id: at.enterprise_id, chat_id };
  const file = { name: `${words}.txt`, bytes: `What ${words} wrote` };
  const sent = await sendFile(`${prefix}/api/chat/upload`, person, file, fields);
  const { attachment_id } = sent.body as { attachment_id: string };
  await tab.say(`I am ${words}`, { attachments: [attachment_id] });
  const asked = await tab.say("I want to borrow T-101");
  await tab.answer(String(dataOf(asked, "chat.tool_call").at(-1)?.tool_call_id), { approved: true });
  return { ...person, chat_id, tab, words };
}

/** A zip's files by path, read by the directory at its end. */
async function filesOf(path: string, ask: { token: string }) {
  const response = await worker.fetch(
    new Request(`http://localhost:8787${path}`, { headers: { authorization: `Bearer ${ask.token}` } }),
  );
  expect({ status: response.status, type: response.headers.get("content-type") }).toEqual({
    status: 200,
    type: "application/zip",
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const view = new DataView(bytes.buffer);
  const files: Record<string, string> = {};
  const end = bytes.byteLength - 22;
  expect(view.getUint32(end, true)).toBe(0x06054b50);
  for (let at = view.getUint32(end + 16, true), left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    const [size, name] = [view.getUint32(at + 24, true), view.getUint16(at + 28, true)];
    const start = view.getUint32(at + 42, true) + 30 + name;
    const text = (from: number, length: number) =>
      new TextDecoder().decode(bytes.subarray(from, from + length));
    files[text(at + 46, name)] = text(start, size);
    at += 46 + name;
  }
  return files;
}

/** What may be left of somebody: the money of an app is kept under an id that names nobody, and what its team did. */
const STUBS = /^(?:TOKEN_LEDGER |d1 audit$)/;

test("T72 who deletes themself is gone from every store but for the app's money, with what they have open; others stay", async () => {
  const [gone, kept, same] = [await comeIn(), await comeIn(), await comeIn(other)];
  expect((await whereIs(gone.words)).length).toBeGreaterThan(4);
  expect((await whereIs(gone.user_id)).length).toBeGreaterThan(6);
  const before = [await whereIs(kept.user_id), await whereIs(same.user_id)];
  const deleted = await call(`/a/${app.slug}/api/me`, { method: "DELETE", token: gone.token });
  expect(deleted).toMatchObject({ status: 200, body: { deleted: true } });
  await expect(gone.tab.until(() => false)).rejects.toThrow("closed");
  expect(await whereIs(gone.words)).toEqual([]);
  expect((await whereIs(gone.user_id)).filter((place) => !STUBS.test(place))).toEqual([]);
  expect([await whereIs(kept.user_id), await whereIs(same.user_id)]).toEqual(before);
  expect((await call(`/a/${app.slug}/api/me`, { token: gone.token })).status).toBe(401);
  expect((await kept.tab.say("Where is T-101?")).at(-1)).toMatchObject({ data: { status: "completed" } });
  const again = await signUp({ prefix: `/a/${app.slug}`, email: gone.email });
  expect(again.user_id).not.toBe(gone.user_id);
});

test("the app's team may delete an end user, who is then gone the same way; nobody else may, and nobody else goes", async () => {
  const [gone, stranger] = [await comeIn(), await signUp()];
  const path = `/api/apps/${app.enterprise_id}/users/${gone.user_id}`;
  expect((await call(path, { method: "DELETE", token: stranger.token })).status).toBe(404);
  const elsewhere = `/api/apps/${other.enterprise_id}/users/${gone.user_id}`;
  expect((await call(elsewhere, { method: "DELETE", token: owner.token })).status).toBe(404);
  const self = await call(`/a/${app.slug}${path}`, { method: "DELETE", token: gone.token });
  expect(self.status).toBe(403);
  expect((await call(path, { method: "DELETE", token: owner.token })).status).toBe(200);
  expect(await whereIs(gone.words)).toEqual([]);
  expect((await call(path, { method: "DELETE", token: owner.token })).status).toBe(404);
});

test("F39 what broke off on the way is done by the schedule, with nothing left of it", async () => {
  const gone = await comeIn();
  const deps = compose(env);
  let now = Date.now();
  const clock = { now: () => now };
  const away = vi.spyOn(env.APP_DATA, "getByName").mockImplementation(() => {
    throw new Error("away");
  });
  const it = { realm: app.enterprise_id, userId: gone.user_id };
  expect(await erasePerson({ ...deps, clock }, it)).toBe(true);
  expect((await call(`/a/${app.slug}/api/me`, { token: gone.token })).status).toBe(401);
  expect(await whereIs(gone.user_id)).toContain("d1 erasure");
  now += 30_000;
  await doErasures({ ...deps, clock });
  expect(await whereIs(gone.user_id)).toContain("d1 erasure");
  away.mockRestore();
  now += 60_000;
  await doErasures({ ...deps, clock });
  expect((await whereIs(gone.user_id)).filter((place) => !STUBS.test(place))).toEqual([]);
  expect(await whereIs(gone.words)).toEqual([]);
});

test("T57 a person's export has all that is held of them, and nothing of others or that signs anybody in", async () => {
  const [me, they] = [await comeIn(), await comeIn()];
  const path = `/api/apps/${app.enterprise_id}/users/${me.user_id}/export`;
  for (const files of [await filesOf(`/a/${app.slug}/api/me/export`, me), await filesOf(path, owner)]) {
    expect(Object.keys(files).sort()).toEqual([
      "account.json",
      "app.json",
      expect.stringMatching(new RegExp(`^attachments/${me.chat_id}/`)),
      "chats.ndjson",
      "tables/loans.ndjson",
    ]);
    expect(JSON.parse(files["account.json"]!)).toMatchObject({ email: me.email, name: `Name ${me.words}` });
    const chat = JSON.parse(files["chats.ndjson"]!);
    expect(chat).toMatchObject({ chat_id: me.chat_id, user_id: me.user_id });
    expect(JSON.stringify(chat.frames)).toContain(`I am ${me.words}`);
    expect(files["tables/loans.ndjson"]).toContain("Hammer drill");
    const all = JSON.stringify(files);
    expect(all).toContain(`What ${me.words} wrote`);
    for (const secret of [they.words, they.user_id, me.token, me.token.split(".")[0]!, "scrypt", owner.email])
      expect(all).not.toContain(secret);
  }
  expect((await call(path, { token: (await signUp()).token })).status).toBe(404);
  expect((await call(`/a/${app.slug}${path}`, { token: they.token })).status).toBe(403);
});

test("T33 somebody may ask for their own data so often, and an owner for an app's; nobody else's asking counts", async () => {
  const [me, they] = [await comeIn(), await comeIn()];
  const path = `/a/${app.slug}/api/me/export`;
  const ofApp = `/api/apps/${app.enterprise_id}/export`;
  await withRates({ export_by_person: 2 }, async () => {
    for (const [it, who] of [
      [path, me],
      [ofApp, owner],
    ] as const) {
      await filesOf(it, who);
      await filesOf(it, who);
      const refused = await call(it, { token: who.token });
      expect({ status: refused.status, code: codeOf(refused) }).toEqual({
        status: 429,
        code: "RATE_LIMITED",
      });
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    await filesOf(path, they);
  });
});

test("T57 an app's export has all that it has, and no secret; only its owner gets it", async () => {
  const me = await comeIn();
  const id = app.enterprise_id;
  await call(`/api/apps/${id}/secrets/crm`, {
    method: "PUT",
    token: owner.token,
    json: { value: "hush-hush" },
  });
  const key = await call(`/api/apps/${id}/keys`, {
    token: owner.token,
    json: { name: "Shop", scopes: ["app.read"] },
  });
  await sendFile(`/api/apps/${id}/knowledge`, owner, { name: "hours.md", bytes: "We open at nine." });
  const files = await filesOf(`/api/apps/${id}/export`, owner);
  const all = JSON.stringify(files);
  for (const part of [
    "versions/1/app.yaml",
    "tables/tools.csv",
    "tables/loans.csv",
    "chats.ndjson",
    "audit.ndjson",
    "members.json",
    "people.ndjson",
  ])
    expect(Object.keys(files)).toContain(part);
  for (const text of [me.words, me.email, owner.email, "We open at nine.", "T-101"])
    expect(all).toContain(text);
  const text = (key.body as { key: string }).key;
  for (const secret of ["hush-hush", text, await sha256Hex(text), me.token, other.enterprise_id])
    expect(all).not.toContain(secret);
  expect((await call(`/api/apps/${id}/export`, { token: (await signUp()).token })).status).toBe(404);
});

test("a creator goes once every app of theirs has another owner or is gone, and with a fresh sign-in alone", async () => {
  const ann = await signUp({ email: "ann-canary@example.com", name: "Ann Canary" });
  const hers = await makeApp(ann, "Hers");
  named.add(hers.enterprise_id);
  const refused = await call("/api/me", { method: "DELETE", token: ann.token });
  expect(refused).toMatchObject({
    status: 409,
    body: { error: { details: { apps: [{ enterprise_id: hers.enterprise_id }] } } },
  });
  await call(`/api/apps/${hers.enterprise_id}`, { method: "DELETE", token: ann.token });
  await env.DB.prepare("UPDATE session SET created_at = created_at - 700000 WHERE user_id = ?")
    .bind(ann.user_id)
    .run();
  const stale = await call("/api/me", { method: "DELETE", token: ann.token });
  expect({ status: stale.status, code: codeOf(stale) }).toEqual({
    status: 403,
    code: "FRESH_SIGN_IN_NEEDED",
  });
  const again = await call("/api/auth/sign-in/email", {
    json: { email: ann.email, password: "correct horse" },
  });
  const token = again.headers.get("set-auth-token") ?? "";
  expect((await call("/api/me", { method: "DELETE", token })).status).toBe(200);
  expect(await whereIs("ann-canary@example.com")).toEqual([]);
  expect((await whereIs(ann.user_id)).filter((place) => !STUBS.test(place))).toEqual([]);
});

test("T72 with an app every row of it goes from every table there is", async () => {
  const gone = await openApp("Gone");
  await comeIn(gone);
  const rows = async () =>
    [...(await d1Rows())]
      .filter(([, them]) => them.some((row) => row.includes(gone.enterprise_id)))
      .map(([name]) => name);
  expect((await rows()).length).toBeGreaterThan(6);
  expect(
    (await call(`/api/apps/${gone.enterprise_id}`, { method: "DELETE", token: owner.token })).status,
  ).toBe(200);
  // That there was such an app, until the last look.
  expect(await rows()).toEqual(["erasure"]);
  await doErasures({ ...compose(env), clock: { now: () => Date.now() + 16 * 60_000 } });
  expect(await rows()).toEqual([]);
  expect((await whereIs(gone.enterprise_id)).filter((place) => place !== "TOKEN_LEDGER values")).toEqual([]);
});
