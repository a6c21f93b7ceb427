import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createHmac } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { beginAppErasure } from "#auth/erasures";
import { scopeOf } from "#enterprises/scope";
import { openTab } from "#test/support/chat-client";
import { LENDING } from "#test/workers/chat-session/lending";
import { call, makeApp, migrate, type Person, signUp, worker } from "#test/workers/gateway/client";
import { compose, type Deps } from "#workers/compose";
import { doErasures, eraseApp } from "#workers/data-rights/erase";
import { triggersFor } from "#workers/triggers/triggers-for";
import { named, whereIs } from "./stores.ts";

const HOOK = { kind: "webhook", name: "returned", input: "Tool {body.code} is back." };
const SCHEDULE = { kind: "schedule", name: "morning", cron: "0 9 * * *", input: "Good morning" };
const MINUTE_MS = 60_000;

let owner: Person;
beforeAll(async () => {
  await migrate();
  owner = await signUp();
});

/** An app that has something in every store, with all that leads to it. */
async function openApp(name: string) {
  const app = await makeApp(owner, name);
  const id = app.enterprise_id;
  named.add(id);
  const definition = { ...LENDING, triggers: [HOOK, SCHEDULE] };
  const live = await call("/api/workflows/register", {
    token: owner.token,
    json: { enterprise_id: id, definition },
  });
  expect(live.status).toBe(201);
  const host = `${name.toLowerCase()}.example.net`;
  await env.DB.prepare(
    "INSERT INTO domain (enterprise_id, host, token, status, proven, created_at) VALUES (?, ?, 't', 'active', 1, 1)",
  )
    .bind(id, host)
    .run();
  const hook = await call(`/api/apps/${id}/hooks/${LENDING.name}/returned/secret`, {
    method: "POST",
    token: owner.token,
  });
  const key = await call(`/api/apps/${id}/keys`, {
    token: owner.token,
    json: { name: "Shop", scopes: ["app.read"] },
  });
  const prefix = `/a/${app.slug}`;
  const user = await signUp({ prefix });
  const start = () =>
    call(`${prefix}/api/chats/${id}/${LENDING.name}/start`, {
      token: user.token,
      json: { force_new: true },
    });
  const { chat_id } = (await start()).body as { chat_id: string };
  const socket = `${prefix}/ws/${LENDING.name}/${id}/${chat_id}/${user.user_id}`;
  const tab = await openTab(socket, user);
  await tab.say("I want to borrow T-101");
  await start();
  const ticket = await call(`${prefix}/api/chats/token`, {
    token: user.token,
    json: { enterprise_id: id, chat_id },
  });
  return {
    ...{ id, prefix, host, user, chat_id, socket, tab, start },
    at: `http://${app.slug}.localhost:8787`,
    secret: (hook.body as { secret: string }).secret,
    key: (key.body as { key: string }).key,
    ticket: (ticket.body as { access_token: string }).access_token,
  };
}
type Opened = Awaited<ReturnType<typeof openApp>>;

function signed({ id, secret }: Opened) {
  const [body, msg, timestamp] = ['{"code":"T-101"}', "msg_1", String(Math.floor(Date.now() / 1_000))];
  const hmac = createHmac("sha256", Buffer.from(secret.slice(6), "base64"));
  const signature = `v1,${hmac.update(`${msg}.${timestamp}.${body}`).digest("base64")}`;
  const headers = { "webhook-id": msg, "webhook-timestamp": timestamp, "webhook-signature": signature };
  return call(`/api/hooks/${id}/${LENDING.name}/returned`, { raw: body, headers });
}

async function knock(path: string, token: string): Promise<number> {
  const headers = { upgrade: "websocket", authorization: `Bearer ${token}` };
  const answer = await worker.fetch(new Request(`http://localhost:8787${path}`, { headers }));
  answer.webSocket?.accept();
  return answer.status;
}

/** What each way to an app answers. */
async function ways(app: Opened): Promise<Record<string, number>> {
  const status = async (path: string, ask: Parameters<typeof call>[1] = {}) => (await call(path, ask)).status;
  return {
    page: await status("/manifest.webmanifest", { at: app.at }),
    domain: await status("/manifest.webmanifest", { at: `http://${app.host}` }),
    site: await status(`${app.prefix}/api/site`),
    me: await status(`${app.prefix}/api/me`, { token: app.user.token }),
    start: (await app.start()).status,
    log: await status(`${app.prefix}/api/chats/${app.id}/${app.chat_id}/events?after=-1`, {
      token: app.user.token,
    }),
    discover: await status(`/api/workflows/discover/${app.id}`),
    owner: await status(`/api/apps/${app.id}`, { token: owner.token }),
    usage: await status(`/api/app/usage/${app.id}`, { token: owner.token }),
    key: await status(`/api/apps/${app.id}`, { token: app.key }),
    hook: (await signed(app)).status,
    socket: await knock(app.socket, app.user.token),
    ticket: await knock(app.socket, app.ticket),
    operator: await knock(`/ws/operator/${app.id}/${app.chat_id}`, owner.token),
    usageSocket: await knock(`/ws/usage/${app.id}`, owner.token),
  };
}

/** The platform with stores that throw: `breaks` is asked at each touch of one. */
function faulty(breaks: (store: string) => boolean, now: () => number): Deps {
  const wrap = <T extends object>(name: string, store: T): T =>
    new Proxy(store, {
      get(target, property) {
        const value = Reflect.get(target, property);
        if (typeof value !== "function") return value;
        return (...given: unknown[]) => {
          if (breaks(name)) throw new Error(`${name} is away`);
          return value.apply(target, given);
        };
      },
    });
  const broken = new Proxy(env, {
    get(target, name: string) {
      const value: unknown = Reflect.get(target, name);
      return typeof value === "object" && value !== null ? wrap(name, value) : value;
    },
  });
  return { ...compose(broken), clock: { now }, log: () => undefined };
}

/** The ledger's own clock for the dates of its version stays in its object's memory: nothing of the app. */
const left = async (id: string) =>
  (await whereIs(id)).filter((it) => it !== "TOKEN_LEDGER values" && it !== "d1 erasure");

test("T24 F39 while an app is being deleted every way to it leads to nothing, also where one store is away; the schedule ends it", async () => {
  const app = await openApp("Leaving");
  const before = await ways(app);
  expect(Object.entries(before).filter(([, status]) => status >= 400)).toEqual([]);
  let now = Date.now();
  const away = faulty(
    (store) => store === "APP_DATA",
    () => now,
  );
  await eraseApp(away, scopeOf(app.id));
  await expect(app.tab.until(() => false)).rejects.toThrow("closed");
  const nothing = Object.fromEntries(Object.keys(before).map((way) => [way, 404]));
  // A key of an app that is gone is nobody's, as any that never was.
  expect(await ways(app)).toEqual({ ...nothing, key: 401 });
  expect(await runDurableObjectAlarm(triggersFor(env, app.id))).toBe(false);
  const mine = (await call("/api/apps", { token: owner.token })).body as {
    items: { enterprise_id: string }[];
  };
  expect(mine.items.map((it) => it.enterprise_id)).not.toContain(app.id);
  // Only what is in the store that was away is left.
  expect((await left(app.id)).filter((it) => !it.startsWith("APP_DATA"))).toEqual([]);
  expect(await whereIs("Hammer drill")).not.toEqual([]);
  now += 16 * MINUTE_MS;
  await doErasures({ ...compose(env), clock: { now: () => now } });
  expect(await whereIs("Hammer drill")).toEqual([]);
  expect((await whereIs(app.id)).filter((it) => it !== "TOKEN_LEDGER values")).toEqual([]);
});

test("F39 a deletion that dies at each touch of a store in turn goes on to its end by itself, and leaves nothing", async () => {
  const app = await openApp("Dying");
  let now = Date.now();
  let touches = 0;
  let at = 0;
  const dying = faulty(
    () => ++touches > at,
    () => now,
  );
  await beginAppErasure(compose(env).db, scopeOf(app.id), now);
  expect((await whereIs(app.id)).length).toBeGreaterThan(6);
  const pending = env.DB.prepare("SELECT count(*) AS n FROM erasure WHERE realm = ?").bind(app.id);
  for (at = 0; (await pending.first("n")) === 1; at += 1) {
    expect(at).toBeLessThan(200);
    now += 7 * 60 * MINUTE_MS;
    touches = 0;
    await doErasures(dying).catch(() => undefined);
  }
  expect(at).toBeGreaterThan(20);
  expect((await whereIs(app.id)).filter((it) => it !== "TOKEN_LEDGER values")).toEqual([]);
});

test("what was still written while an app was deleted goes with the schedule's last look", async () => {
  const app = await openApp("Late");
  const deleted = await call(`/api/apps/${app.id}`, { method: "DELETE", token: owner.token });
  expect(deleted.status).toBe(200);
  await env.FILES.put(`enterprises/${app.id}/late.txt`, "late");
  await env.DB.prepare(
    "INSERT INTO chat (enterprise_id, chat_id, user_id, workflow, version, created_at, last_activity_at) VALUES (?, 'late', 'u', 'w', 1, 1, 1)",
  )
    .bind(app.id)
    .run();
  const deps = compose(env);
  await doErasures(deps);
  expect(await left(app.id)).not.toEqual([]);
  await doErasures({ ...deps, clock: { now: () => Date.now() + 16 * MINUTE_MS } });
  expect((await whereIs(app.id)).filter((it) => it !== "TOKEN_LEDGER values")).toEqual([]);
});

test("a deletion whose first look broke off has its last look as late as any other", async () => {
  const app = await openApp("Later");
  let now = Date.now();
  const away = faulty(
    (store) => store === "APP_DATA",
    () => now,
  );
  await eraseApp(away, scopeOf(app.id));
  const deps = { ...compose(env), clock: { now: () => now } };
  now += 2 * MINUTE_MS;
  await doErasures(deps);
  // A long upload that was let in before the deletion ends only now.
  await env.FILES.put(`enterprises/${app.id}/late.txt`, "late");
  now += 16 * MINUTE_MS;
  await doErasures(deps);
  expect((await whereIs(app.id)).filter((it) => it !== "TOKEN_LEDGER values")).toEqual([]);
});
