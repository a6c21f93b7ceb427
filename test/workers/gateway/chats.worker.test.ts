import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { claimKey, keepAnswer } from "#auth/idempotency";
import { compose } from "#workers/compose";
import { type Answer, call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { GREETER, goLive } from "./greeter.ts";

let ann: Person;
let acme: MadeApp;
let start: string;
beforeAll(async () => {
  await migrate();
  ann = await signUp();
  acme = await makeApp(ann);
  await goLive(acme.enterprise_id);
  start = `/api/chats/${acme.enterprise_id}/greeter/start`;
});

const chatOf = (answer: Answer) => answer.body as { chat_id: string; reused: boolean; cache_seed: number };

test("50 starts at once with one client_request_id give one chat, for each person their own", async () => {
  const json = { client_request_id: "page-1" };
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => call(start, { json, token: ann.token })),
  );
  expect(new Set(answers.map((it) => it.status))).toEqual(new Set([200]));
  expect(new Set(answers.map((it) => chatOf(it).chat_id)).size).toBe(1);
  expect(answers.filter((it) => !chatOf(it).reused)).toHaveLength(1);
  const guest = await signUp({ at: acme.url });
  const theirs = await call(start, { at: acme.url, json, token: guest.token });
  expect(chatOf(theirs)).toMatchObject({ reused: false });
  expect(chatOf(theirs).chat_id).not.toBe(chatOf(answers[0]!).chat_id);
});

test("without one, the chat used last is taken up again unless a new one is wanted", async () => {
  const first = chatOf(await call(start, { json: { force_new: true }, token: ann.token }));
  expect(chatOf(await call(start, { json: {}, token: ann.token }))).toMatchObject({
    chat_id: first.chat_id,
    reused: true,
  });
  const second = chatOf(await call(start, { json: { force_new: true }, token: ann.token }));
  expect(second.chat_id).not.toBe(first.chat_id);
});

test("F41 a chat keeps the version it started on when a new one goes live", async () => {
  const ben = await signUp();
  const globex = await makeApp(ben, "Globex");
  const version = await goLive(globex.enterprise_id);
  const path = `/api/chats/${globex.enterprise_id}/greeter`;
  const { chat_id } = chatOf(await call(`${path}/start`, { json: {}, token: ben.token }));
  expect(await goLive(globex.enterprise_id)).toBe(version + 1);
  const meta = await call(`/api/chats/meta/${globex.enterprise_id}/greeter/${chat_id}`, { token: ben.token });
  expect(meta.body).toMatchObject({ workflow_version: version, status: "idle", last_seq: -1, exists: true });
  const fresh = chatOf(await call(`${path}/start`, { json: { force_new: true }, token: ben.token }));
  expect(fresh.cache_seed).toBe(version + 1);
  const list = await call(path, { token: ben.token });
  expect((list.body as { items: unknown[] }).items).toHaveLength(2);
});

test("T02 T03 another's chat, another's user id and an unknown workflow are 404", async () => {
  const { chat_id } = chatOf(await call(start, { json: {}, token: ann.token }));
  const guest = await signUp({ at: acme.url });
  const ask = { at: acme.url, token: guest.token };
  const id = acme.enterprise_id;
  for (const path of [`/api/chats/meta/${id}/greeter/${chat_id}`, `/api/chats/${id}/${chat_id}/events`]) {
    expect((await call(path, { token: ann.token })).status).toBe(200);
    expect(codeOf(await call(path, ask))).toBe("NOT_FOUND");
  }
  expect(codeOf(await call(start, { ...ask, json: { user_id: ann.user_id } }))).toBe("NOT_FOUND");
  const token = { enterprise_id: id, chat_id };
  expect(codeOf(await call("/api/chats/token", { ...ask, json: token }))).toBe("NOT_FOUND");
  const unknown = start.replace("greeter", "nobody");
  expect(codeOf(await call(unknown, { ...ask, json: {} }))).toBe("NOT_FOUND");
  const generator = start.replace("greeter", "generator");
  expect(codeOf(await call(generator, { ...ask, json: {} }))).toBe("NOT_FOUND");
});

test("a chat's log comes at most 100 frames at a time, and as JSON unless only a stream is accepted", async () => {
  const { chat_id } = chatOf(await call(start, { json: {}, token: ann.token }));
  const path = `/api/chats/${acme.enterprise_id}/${chat_id}/events`;
  const read = (query: string, accept?: string) =>
    call(`${path}${query}`, { token: ann.token, ...(accept ? { headers: { accept } } : {}) });
  expect((await read("?limit=100")).status).toBe(200);
  const refused: [string, string | undefined, string][] = [
    ["?limit=101", undefined, "limit"],
    ["?dialect=ag-ui", undefined, "accept"],
    ["?dialect=", undefined, "dialect"],
  ];
  for (const [query, accept, at] of refused) {
    expect({ query, accept, ...(await read(query, accept)) }).toMatchObject({
      query,
      status: 400,
      body: { error: { code: "BAD_REQUEST", details: { issues: [{ path: at }] } } },
    });
  }
  for (const accept of [
    "*/*",
    "application/json",
    "text/event-stream, application/json",
    "text/html, */*;q=0.8",
  ]) {
    expect({ accept, status: (await read("", accept)).status }).toEqual({ accept, status: 200 });
  }
  const accept = "Text/Event-Stream; charset=utf-8";
  const none = await read("?dialect=ag-ui", accept);
  expect(none.status).toBe(204);
});

test("an Idempotency-Key gives the first answer again, also to many at once, and refuses another body", async () => {
  const headers = { "idempotency-key": "create-1" };
  const ask = { json: { name: "Once" }, token: ann.token, headers };
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => call("/api/apps", ask)));
  expect(new Set(answers.map((it) => (it.body as MadeApp).enterprise_id)).size).toBe(1);
  expect(new Set(answers.map((it) => it.status))).toEqual(new Set([201]));
  expect(codeOf(await call("/api/apps", { ...ask, json: { name: "Twice" } }))).toBe("IDEMPOTENCY_MISMATCH");
  const eve = await signUp();
  const others = await call("/api/apps", { ...ask, token: eve.token });
  expect((others.body as MadeApp).enterprise_id).not.toBe((answers[0]!.body as MadeApp).enterprise_id);
});

test("an Idempotency-Key whose first request never came back is free again after ten minutes", async () => {
  const { db } = compose(env);
  const claim = { id: "foundry:ann:lost", realm: "foundry", requestHash: "one" };
  expect(await claimKey(db, { ...claim, now: 0 })).toEqual({ kind: "first" });
  expect(await claimKey(db, { ...claim, now: 599_000 })).toEqual({ kind: "at_work" });
  expect(await claimKey(db, { ...claim, requestHash: "two", now: 601_000 })).toEqual({ kind: "first" });
  await keepAnswer(db, claim.id, { status: 201, body: "{}", enterpriseId: null });
  const later = { ...claim, requestHash: "two", now: 9_000_000 };
  expect(await claimKey(db, later)).toEqual({ kind: "answered", status: 201, body: "{}" });
});

test("a deleted app takes along the Idempotency-Keys whose answers were about it, and no others", async () => {
  const once = (path: string, key: string, json: object) =>
    call(path, { json, token: ann.token, headers: { "idempotency-key": key } });
  const make = async (name: string) => (await once("/api/apps", `make-${name}`, { name })).body as MadeApp;
  const [gone, kept] = [await make("Gone"), await make("Kept")];
  const builds = `/api/apps/${gone.enterprise_id}/builds`;
  const wish = { prompt: "Build a customer support app that handles refunds and tracks orders" };
  expect((await once(builds, "build", wish)).status).toBe(202);
  const registration = { enterprise_id: gone.enterprise_id, definition: GREETER };
  expect((await once("/api/workflows/register", "register", registration)).status).toBe(201);
  const path = `/api/apps/${gone.enterprise_id}`;
  expect((await call(path, { method: "DELETE", token: ann.token })).status).toBe(200);
  expect(codeOf(await once(builds, "build", wish))).toBe("NOT_FOUND");
  expect(codeOf(await once("/api/workflows/register", "register", registration))).toBe("NOT_FOUND");
  expect((await make("Gone")).enterprise_id).not.toBe(gone.enterprise_id);
  expect((await make("Kept")).enterprise_id).toBe(kept.enterprise_id);
  const told = env.DB.prepare("select count(*) as n from idempotency_key where body like ?");
  expect(await told.bind(`%${gone.enterprise_id}%`).first("n")).toBe(0);
});

test("a refused request frees its Idempotency-Key", async () => {
  const headers = { "idempotency-key": "patchy" };
  const bad = await call("/api/apps", { json: { name: "" }, token: ann.token, headers });
  expect(bad.status).toBe(400);
  const good = await call("/api/apps", { json: { name: "Better" }, token: ann.token, headers });
  expect(good.status).toBe(201);
});

test("discovery is open to anyone for a live app and shows no prompt", async () => {
  const found = await call(`/api/workflows/discover/${acme.enterprise_id}`);
  expect(found.body).toMatchObject({
    workflows: [
      {
        workflow_name: "greeter",
        entry_point: true,
        websocket_url: `ws://localhost:8787/ws/greeter/${acme.enterprise_id}/{chat_id}/{user_id}`,
      },
    ],
  });
  expect(JSON.stringify(found.body)).not.toContain("SECRET-PROMPT");
  const draft = await makeApp(ann, "Draft");
  expect((await call(`/api/workflows/discover/${draft.enterprise_id}`)).status).toBe(404);
});

test("app_id stands for enterprise_id in queries and bodies", async () => {
  const byQuery = await call(`/api/workflows?app_id=${acme.enterprise_id}`, { token: ann.token });
  expect(byQuery.body).toMatchObject({ greeter: { entry_point: true }, workflows: [{ name: "greeter" }] });
  const json = { app_id: acme.enterprise_id };
  expect((await call("/api/chats/token", { json, token: ann.token })).status).toBe(200);
});

test("an app changes its name, look and slug; a taken or reserved slug is refused", async () => {
  const path = `/api/apps/${acme.enterprise_id}`;
  const patch = (json: object) => call(path, { method: "PATCH", json, token: ann.token });
  expect(
    await patch({ name: "Acme Ltd", show_cost: true, branding: { primary_color: "#112233" } }),
  ).toMatchObject({
    status: 200,
    body: { name: "Acme Ltd", show_cost: true, branding: { primary_color: "#112233" } },
  });
  const other = await makeApp(ann, "Other");
  expect(codeOf(await patch({ slug: other.slug }))).toBe("CONFLICT");
  expect(codeOf(await patch({ slug: "admin" }))).toBe("BAD_REQUEST");
  expect(codeOf(await patch({ branding: { primary_color: "red;}" } }))).toBe("BAD_REQUEST");
  expect(codeOf(await patch({}))).toBe("BAD_REQUEST");
  expect(await patch({ name: "Acme", colour: "red" })).toMatchObject({ status: 200, body: { name: "Acme" } });
});
