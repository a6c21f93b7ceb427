import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { LIMITS } from "#base/limits";
import type { Webhook, WebhookDelivery } from "#protocol/api/webhook";
import { hire } from "#test/workers/chat-session/team-desk";
import { call, codeOf, makeApp, migrate, type Person, signUp } from "#test/workers/gateway/client";
import { goLive } from "#test/workers/gateway/greeter";
import { hooksOf, type Made, ownersServer, signatureOf } from "./receiver.ts";

let owner: Person;
const server = ownersServer();
beforeAll(async () => {
  await migrate();
  owner = await signUp();
});
beforeEach(() => {
  server.answer = () => new Response("ok");
});

let made = 0;
async function app() {
  const { enterprise_id } = await makeApp(owner);
  await goLive(enterprise_id);
  const url = `https://hooks.owner.example/${made++}`;
  return { enterprise_id, url, hooks: hooksOf(enterprise_id, owner) };
}
type Hooks = ReturnType<typeof hooksOf>;

async function ping(hooks: Hooks, { webhook_id }: Made): Promise<string> {
  const answer = await hooks.ask(`/${webhook_id}/test`, undefined, "POST");
  expect(answer.status).toBe(202);
  return (answer.body as { event_id: string }).event_id;
}

async function log(hooks: Hooks, { webhook_id }: Made, query = "") {
  const answer = await hooks.ask(`/${webhook_id}/deliveries${query}`);
  expect(answer.status).toBe(200);
  return answer.body as { items: WebhookDelivery[]; next_cursor: string | null };
}

/** The log once what is in line has been tried. */
async function tried(hooks: Hooks, hook: Made, status: string): Promise<WebhookDelivery[]> {
  return vi.waitUntil(async () => {
    const { items } = await log(hooks, hook);
    const isDone = items.every((it) => it.status === status && it.attempts.length > 0);
    return items.length > 0 && isDone && items;
  }, 15_000);
}

test.each([
  "http://hooks.owner.example",
  "https://127.0.0.1/hook",
  "https://2130706433/hook",
  "https://[::ffff:10.0.0.1]/",
  "https://metadata.google.internal/",
  "https://user:pass@hooks.owner.example/",
  "https://hooks.owner.example:8443/",
  "https://localhost:8787/api/hooks/x",
  "https://acme.localhost:8787/",
  "ftp://hooks.owner.example",
  "not an address",
])("T45 %s is refused as an address, when it is added and when it is changed", async (url) => {
  const { hooks, url: good } = await app();
  const refused = await hooks.ask("", { url, events: ["chat.finished"] });
  expect([refused.status, codeOf(refused)]).toEqual([400, "BAD_REQUEST"]);
  const hook = await hooks.add(good, ["chat.finished"]);
  const changed = await hooks.ask(`/${hook.webhook_id}`, { url }, "PATCH");
  expect([changed.status, codeOf(changed)]).toEqual([400, "BAD_REQUEST"]);
  expect((await hooks.ask("")).body).toMatchObject({ items: [{ url: good }] });
});

test("a secret is shown once and stands sealed; while it is rotated requests bear both signatures", async () => {
  const { hooks, url, enterprise_id } = await app();
  const hook = await hooks.add(url, ["chat.finished"]);
  expect(hook.secret).toMatch(/^whsec_[\w+/=]{44}$/);
  await ping(hooks, hook);
  const first = await server.until((it) => it.url === url);
  expect(first.headers.get("webhook-signature")).toBe(signatureOf(hook.secret, first));
  const rotated = await hooks.ask(`/${hook.webhook_id}/rotate`, undefined, "POST");
  const { secret, old_secret_until } = rotated.body as Made & Webhook;
  expect(secret).not.toBe(hook.secret);
  expect(old_secret_until).not.toBeNull();
  const id = await ping(hooks, hook);
  const both = await server.until((it) => it.event.id === id);
  const signatures = `${signatureOf(secret, both)} ${signatureOf(hook.secret, both)}`;
  expect(both.headers.get("webhook-signature")).toBe(signatures);
  const outbox = env.WEBHOOKS_OUT.getByName(enterprise_id);
  const stored = await runInDurableObject(outbox, (_, { storage }) => {
    const rows = storage.sql.exec("SELECT * FROM endpoint").toArray();
    storage.sql.exec("UPDATE endpoint SET old_until = 1");
    return JSON.stringify(rows);
  });
  const listed = JSON.stringify([(await hooks.ask("")).body, await log(hooks, hook)]);
  const audit = await call(`/api/apps/${enterprise_id}/audit`, { token: owner.token });
  for (const text of [stored, listed, JSON.stringify(audit.body)])
    for (const it of [secret, hook.secret]) expect(text).not.toContain(it);
  const last = await ping(hooks, hook);
  const one = await server.until((it) => it.event.id === last);
  expect(one.headers.get("webhook-signature")).toBe(signatureOf(secret, one));
});

test("the log tells what came of each event, page by page and by status; one can be sent again", async () => {
  const { hooks, url } = await app();
  const hook = await hooks.add(url, ["chat.finished"]);
  server.answer = () => new Response("thank you", { status: 202 });
  for (let n = 0; n < 3; n += 1) await ping(hooks, hook);
  const all = await tried(hooks, hook, "delivered");
  expect(all).toHaveLength(3);
  expect(all[0]).toMatchObject({ type: "ping", tries: 1, next_at: null });
  expect(all[0]?.attempts).toMatchObject([{ status: 202, response: "thank you", error: null }]);
  const page = await log(hooks, hook, "?limit=2");
  const rest = await log(hooks, hook, `?limit=2&cursor=${page.next_cursor}`);
  expect([...page.items, ...rest.items]).toEqual(all);
  expect(rest.next_cursor).toBeNull();
  expect((await log(hooks, hook, "?status=dead")).items).toEqual([]);
  expect((await log(hooks, hook, "?status=delivered")).items).toEqual(all);
  expect((await hooks.ask(`/${hook.webhook_id}/deliveries?cursor=x`)).status).toBe(400);
  const path = `/${hook.webhook_id}/deliveries/${all[1]?.delivery_id}/replay`;
  expect(await hooks.ask(path, undefined, "POST")).toMatchObject({ status: 202, body: { replayed: 1 } });
  const times = () => server.got.filter((it) => it.event.id === all[1]?.event_id).length;
  await server.until(() => times() === 2);
  const none = await hooks.ask(`/${hook.webhook_id}/deliveries/dlv_999/replay`, undefined, "POST");
  expect([none.status, codeOf(none)]).toEqual([404, "NOT_FOUND"]);
});

test("410 switches an endpoint off, the owner sees why, also in the audit log, and can switch it on and replay", async () => {
  const { hooks, url, enterprise_id } = await app();
  const hook = await hooks.add(url, ["chat.finished"]);
  server.answer = () => new Response("moved out", { status: 410 });
  const id = await ping(hooks, hook);
  await tried(hooks, hook, "dead");
  expect((await hooks.ask("")).body).toMatchObject({ items: [{ active: false, off_reason: "gone" }] });
  const row = await vi.waitUntil(async () => {
    const { body } = await call(`/api/apps/${enterprise_id}/audit`, { token: owner.token });
    const rows = (body as { items: { action: string }[] }).items;
    return rows.find(({ action }) => action === "webhooks.switched_off");
  }, 15_000);
  expect(row).toMatchObject({
    ...{ target: hook.webhook_id, outcome: "done", details: { reason: "gone" } },
    actor: { user_id: "platform" },
  });
  const since = new Date(0).toISOString();
  const refused = await hooks.ask(`/${hook.webhook_id}/replay`, { since });
  expect([refused.status, codeOf(refused)]).toEqual([409, "CONFLICT"]);
  server.answer = () => new Response("back");
  const on = await hooks.ask(`/${hook.webhook_id}`, { active: true }, "PATCH");
  expect(on.body).toMatchObject({ active: true, off_reason: null, failing_since: null });
  const again = await hooks.ask(`/${hook.webhook_id}/replay`, { since });
  expect(again).toMatchObject({ status: 202, body: { replayed: 1 } });
  const [delivery] = await tried(hooks, hook, "delivered");
  expect(delivery).toMatchObject({ event_id: id, tries: 1 });
  expect(delivery?.attempts.map(({ status }) => status)).toEqual([410, 200]);
});

test("an app has at most twenty endpoints; a removed one is told nothing and has no log", async () => {
  const { hooks, url } = await app();
  const first = await hooks.add(url, ["chat.finished"]);
  for (let n = 1; n < LIMITS.webhooksPerApp; n += 1) await hooks.add(`${url}/${n}`, ["chat.finished"]);
  const more = await hooks.ask("", { url, events: ["chat.finished"] });
  expect([more.status, codeOf(more)]).toEqual([422, "LIMIT_REACHED"]);
  const gone = await hooks.ask(`/${first.webhook_id}`, undefined, "DELETE");
  expect(gone).toMatchObject({ status: 200, body: { deleted: true } });
  for (const [path, method] of [
    ["/deliveries", "GET"],
    ["/test", "POST"],
    ["/rotate", "POST"],
  ])
    expect((await hooks.ask(`/${first.webhook_id}${path}`, undefined, method)).status).toBe(404);
});

test("what is no event, or nothing at all, is refused by its path", async () => {
  const { hooks, url } = await app();
  for (const events of [[], ["chat.said"], ["ping"]])
    expect((await hooks.ask("", { url, events })).status).toBe(400);
  const hook = await hooks.add(url, ["chat.finished", "chat.finished"]);
  expect(hook).toMatchObject({ events: ["chat.finished"] });
  expect((await hooks.ask(`/${hook.webhook_id}`, {}, "PATCH")).status).toBe(400);
});

test("T13 only owners and admins see and change webhooks; what is refused stands in the audit log", async () => {
  const { enterprise_id, url } = await app();
  const editor = await hire({ owner, enterprise_id }, "editor");
  const hooks = hooksOf(enterprise_id, editor);
  expect((await hooks.ask("")).status).toBe(403);
  expect((await hooks.ask("", { url, events: ["chat.finished"] })).status).toBe(403);
  const audit = await call(`/api/apps/${enterprise_id}/audit`, { token: owner.token });
  expect((audit.body as { items: unknown[] }).items[0]).toMatchObject({
    ...{ action: "webhooks.add", outcome: "FORBIDDEN" },
    actor: { user_id: editor.user_id },
  });
});

test("with its app goes everything: endpoints, secrets, what is in line, the log, also while it is being sent", async () => {
  const { hooks, url, enterprise_id } = await app();
  const hook = await hooks.add(url, ["chat.finished"]);
  server.answer = () => new Promise(() => undefined);
  const id = await ping(hooks, hook);
  await server.until((it) => it.event.id === id);
  const gone = await call(`/api/apps/${enterprise_id}`, { method: "DELETE", token: owner.token });
  expect(gone.status).toBe(200);
  const outbox = env.WEBHOOKS_OUT.getByName(enterprise_id);
  const rest = await runInDurableObject(outbox, async (_, { storage }) => ({
    tables: storage.sql
      .exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'")
      .toArray(),
    alarm: await storage.getAlarm(),
  }));
  expect(rest).toEqual({ tables: [], alarm: null });
  expect(await outbox.tell(["{}"])).toEqual({ events: [], text: false });
});

test("F35 an object that dies while it sends is taken up by the next one, which sends the same id once more", async () => {
  const { hooks, url, enterprise_id } = await app();
  const hook = await hooks.add(url, ["chat.finished"]);
  server.answer = () => new Promise(() => undefined);
  const id = await ping(hooks, hook);
  const sent = () => server.got.filter((it) => it.event.id === id).length;
  await server.until((it) => it.event.id === id);
  await abortAllDurableObjects();
  server.answer = () => new Response("ok");
  // As if the minute were over after which a try that was never noted is taken up.
  await runInDurableObject(env.WEBHOOKS_OUT.getByName(enterprise_id), (_, { storage }) => {
    storage.sql.exec("UPDATE delivery SET next_at = 1 WHERE next_at IS NOT NULL");
    return storage.setAlarm(Date.now());
  });
  const [delivery] = await tried(hooks, hook, "delivered");
  expect(delivery).toMatchObject({ event_id: id, tries: 2 });
  expect(sent()).toBe(2);
});
