import { env } from "cloudflare:workers";
import { beforeAll, expect, test, vi } from "vitest";
import { LIMITS } from "#base/limits";
import { scopeOf } from "#enterprises/scope";
import type { Build } from "#protocol/api/build";
import { tenCents, used } from "#test/workers/token-ledger/ledger-client";
import { chatSessionFor } from "#workers/chat-session/chat-session-for";
import { compose } from "#workers/compose";
import { ledgerFor } from "#workers/token-ledger/ledger-for";
import { writeUsageFile } from "#workers/token-ledger/usage-archive";
import { loadVersion } from "#workflows/load-version";
import { publishVersion } from "#workflows/publish-version";
import { saveVersion } from "#workflows/save-version";
import { call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { GREETER, goLive, greeterApp } from "./greeter.ts";

const deps = compose(env);

beforeAll(migrate);

/** Everything one person can read of one app, with what differs by nature (ids, times) taken out. */
async function readAll(who: Person, app: MadeApp): Promise<string> {
  const id = app.enterprise_id;
  const paths = [
    "/api/me",
    "/api/apps",
    `/api/apps/${id}`,
    `/api/app/workflows/${id}`,
    `/api/app/usage/${id}`,
    `/api/app/analytics/${id}`,
    `/api/workflows?enterprise_id=${id}`,
    `/api/workflows/discover/${id}`,
    `/api/chats/${id}/greeter`,
  ];
  const answers = await Promise.all(paths.map((path) => call(path, { token: who.token })));
  return JSON.stringify(answers.map(({ status, body }) => ({ status, body }))).replace(
    /"as_of":"[^"]+"/g,
    "",
  );
}

test("T07 T09 what one tenant reads is the same, whatever another one has and does at the same time", async () => {
  const [ann, eve] = await Promise.all([signUp(), signUp()]);
  const acme = await makeApp(ann, "Acme");
  await goLive(acme.enterprise_id);
  const alone = await readAll(ann, acme);
  const evil = await makeApp(eve, "CANARY-EVE");
  await goLive(evil.enterprise_id);
  const start = `/api/chats/${evil.enterprise_id}/greeter/start`;
  const busy = Array.from({ length: 3 }, (_, n) => [
    call(start, { json: { force_new: true, client_request_id: `r${n}` }, token: eve.token }),
    readAll(ann, acme),
    readAll(eve, evil),
  ]).flat();
  const seen = await Promise.all(busy);
  for (const [n, it] of seen.entries()) {
    if (n % 3 === 1) expect(it).toBe(alone);
    if (n % 3 === 2) expect(it).not.toContain(acme.enterprise_id);
  }
  expect(alone).not.toContain("CANARY-EVE");
  expect(await readAll(ann, acme)).toBe(alone);
}, 30_000);

test("a new enterprise starts with its grant, once", async () => {
  const ann = await signUp();
  const app = await makeApp(ann);
  const usage = await call(`/api/app/usage/${app.enterprise_id}`, { token: ann.token });
  expect(usage.body).toMatchObject({ balance_nano: "5000000000", balance_usd: "5" });
});

test("T34 a creator has at most 20 apps, however many are asked for at once", async () => {
  const ann = await signUp();
  const make = () => call("/api/apps", { json: { name: "One more" }, token: ann.token });
  for (let n = 0; n < LIMITS.appsPerCreator - 2; n += 1) expect((await make()).status).toBe(201);
  const last = await Promise.all([1, 2, 3, 4].map(make));
  const made = last.filter((it) => it.status === 201);
  expect(made.length).toBeLessThanOrEqual(2);
  for (const it of last) if (!made.includes(it)) expect(it.status).toBe(403);
  const owned = async () =>
    ((await call("/api/apps?limit=100", { token: ann.token })).body as { items: MadeApp[] }).items;
  expect((await owned()).length).toBe(LIMITS.appsPerCreator - 2 + made.length);
  while ((await owned()).length < LIMITS.appsPerCreator) expect((await make()).status).toBe(201);
  const over = await make();
  expect(over).toMatchObject({
    status: 403,
    body: { error: { code: "FORBIDDEN", message: expect.stringContaining("20 apps") } },
  });
  const [first] = await owned();
  await call(`/api/apps/${first?.enterprise_id}`, { method: "DELETE", token: ann.token });
  expect((await make()).status).toBe(201);
  expect((await makeApp(await signUp())).status).toBe("draft");
});

test("savers who race get versions of their own, each whole, none overwritten", async () => {
  const scope = scopeOf("ent_race");
  const names = Array.from({ length: 6 }, (_, n) => `App ${n}`);
  const versions = await Promise.all(
    names.map((name) => saveVersion(deps, scope, { app: greeterApp(name), note: "", createdBy: "ann" })),
  );
  expect([...versions].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  for (const [n, version] of versions.entries()) {
    const loaded = await loadVersion(deps.files, scope, version);
    expect(loaded).toEqual(greeterApp(names[n]));
  }
});

test("a publish that expected another live version changes nothing", async () => {
  const ann = await signUp();
  const { enterprise_id } = await makeApp(ann);
  const scope = scopeOf(enterprise_id);
  expect(await publishVersion(deps.db, scope, 1, 0, 7)).toBe(false);
  expect(await publishVersion(deps.db, scope, 1, 0, null)).toBe(true);
  expect(await publishVersion(deps.db, scope, 2, 0, null)).toBe(false);
  expect(await publishVersion(deps.db, scope, 2, 0, 1)).toBe(true);
});

test("T72 a deleted app is gone from every store, with its end users, and the others are untouched", async () => {
  const ann = await signUp();
  const [app, kept] = [await makeApp(ann, "Gone"), await makeApp(ann, "Kept")];
  for (const it of [app, kept]) await goLive(it.enterprise_id);
  const guest = await signUp({ at: app.url });
  const start = `/api/chats/${app.enterprise_id}/greeter/start`;
  const started = await call(start, { at: app.url, json: {}, token: guest.token });
  const { chat_id } = started.body as { chat_id: string };
  const ledger = ledgerFor(env, app.enterprise_id);
  await ledger.reserve(tenCents("call"));
  await ledger.settle("call", [used(100)]);
  const part = { name: "000000000001", text: "{}\n" };
  await writeUsageFile(env.FILES, scopeOf(app.enterprise_id), "2026-01", part);
  const counts = async () => {
    const columns = { user: "realm", session: "realm", account: "realm" } as Record<string, string>;
    const tables = [
      "user",
      "session",
      "account",
      "enterprise",
      "membership",
      "app_version",
      "workflow",
      "chat",
      "usage_by_user",
    ];
    const found: Record<string, number> = {};
    for (const table of tables) {
      const column = columns[table] ?? "enterprise_id";
      const query = env.DB.prepare(`select count(*) as n from "${table}" where ${column} = ?`);
      found[table] = (await query.bind(app.enterprise_id).first<number>("n")) ?? 0;
    }
    found.files = (await deps.files.list(`enterprises/${app.enterprise_id}/versions/`)).length;
    found.usage_files = (await deps.files.list(`enterprises/${app.enterprise_id}/usage/`)).length;
    return found;
  };
  // The ledger's alarm, which passes on what was used, rings by itself.
  await vi.waitUntil(async () => (await counts()).usage_by_user === 1, 10_000);
  expect(Object.values(await counts()).every((n) => n > 0)).toBe(true);
  const gone = await call(`/api/apps/${app.enterprise_id}`, { method: "DELETE", token: ann.token });
  expect(gone).toMatchObject({ status: 200, body: { deleted: true } });
  expect(Object.values(await counts()).every((n) => n === 0)).toBe(true);
  expect((await call("/api/site", { at: app.url })).status).toBe(404);
  expect(await chatSessionFor(env, app.enterprise_id, chat_id).meta()).toMatchObject({ exists: false });
  expect((await ledgerFor(env, app.enterprise_id).usage()).balance_nano).toBe("0");
  expect((await call(`/api/apps/${kept.enterprise_id}`, { token: ann.token })).status).toBe(200);
  expect((await call("/api/me", { at: kept.url, token: guest.token })).status).toBe(401);
});

const PROMPT = "Build a customer support app that handles refunds and tracks orders";

/** Reads a build until it is beyond the given states. Each read is one call; the object works meanwhile. */
async function readUntil(ann: Person, path: string, done: (build: Build) => boolean): Promise<Build> {
  for (let reads = 0; reads < 2_000; reads += 1) {
    const answer = await call(path, { token: ann.token });
    expect(answer.status).toBe(200);
    const build = answer.body as Build;
    if (done(build)) return build;
  }
  throw new Error("the build does not end");
}

test("a hand-written workflow is live at once, with its version and where to connect", async () => {
  const ann = await signUp();
  const { enterprise_id } = await makeApp(ann);
  const json = { app_id: enterprise_id, definition: GREETER };
  const answer = await call("/api/workflows/register", { json, token: ann.token });
  expect(answer).toMatchObject({
    status: 201,
    body: {
      workflow_name: "greeter",
      version: 1,
      websocket_url: `ws://localhost:8787/ws/greeter/${enterprise_id}/{chat_id}/{user_id}`,
    },
  });
  const app = await call(`/api/apps/${enterprise_id}`, { token: ann.token });
  expect(app.body).toMatchObject({ status: "live", live_version: 1 });
  const mine = await call(`/api/app/workflows/${enterprise_id}`, { token: ann.token });
  expect(mine.body).toMatchObject({
    workflows: [{ workflow_name: "greeter", status: "live", chats: 0, last_activity_at: null }],
  });
});

test("a workflow that is not valid is refused with the path of what is wrong, and nothing goes live", async () => {
  const ann = await signUp();
  const { enterprise_id } = await makeApp(ann);
  const register = (definition: object) =>
    call("/api/workflows/register", { json: { enterprise_id, definition }, token: ann.token });
  const malformed = await register({ ...GREETER, agents: { greeter: { description: 7 } } });
  expect(malformed.body).toMatchObject({
    error: {
      code: "BAD_REQUEST",
      details: { issues: [{ path: "definition.agents.greeter.description" }, {}] },
    },
  });
  expect(codeOf(await register({ ...GREETER, name: "generator" }))).toBe("BAD_REQUEST");
  const dangling = await register({ ...GREETER, entry_agent: "nobody" });
  expect(codeOf(dangling)).toBe("INVALID_WORKFLOW");
  const app = await call(`/api/apps/${enterprise_id}`, { token: ann.token });
  expect(app.body).toMatchObject({ status: "draft", live_version: null });
});

test("a prompt becomes a live app that costs its creator nothing", async () => {
  const ann = await signUp();
  const created = await call("/api/apps", { json: { prompt: PROMPT, approve: "auto" }, token: ann.token });
  expect(created).toMatchObject({ status: 201, body: { status: "draft", slug: "customer-support" } });
  const { enterprise_id, build_id } = created.body as MadeApp & { build_id: string };
  const path = `/api/apps/${enterprise_id}/builds/${build_id}`;
  const build = await readUntil(ann, path, (it) => ["live", "failed", "cancelled"].includes(it.status));
  expect(build).toMatchObject({ status: "live", version: 1, cost_nano: "0", acceptance: { failed: 0 } });
  const found = await call(`/api/workflows/discover/${enterprise_id}`);
  const { workflows } = found.body as { workflows: { workflow_name: string }[] };
  expect(workflows.map((it) => it.workflow_name).sort()).toEqual([
    "customer-support",
    "order-tracker",
    "refund-handler",
  ]);
  const app = await call(`/api/apps/${enterprise_id}`, { token: ann.token });
  expect(app.body).toMatchObject({
    status: "live",
    branding: { logo_text: expect.stringMatching(/^[A-Z]+$/) },
  });
  const usage = await call(`/api/app/usage/${enterprise_id}`, { token: ann.token });
  expect(usage.body).toMatchObject({ balance_nano: "5000000000", totals: { calls: 0 } });
  expect(codeOf(await call(`${path}/cancel`, { method: "POST", token: ann.token }))).toBe("CONFLICT");
  const samples = await call(`/api/apps/${enterprise_id}/sample-rows`, {
    method: "DELETE",
    token: ann.token,
  });
  expect(samples).toMatchObject({ status: 200, body: { deleted: true } });
}, 60_000);

test("a plan waits for its approval, by its own hash, and can be cancelled instead", async () => {
  const ann = await signUp();
  const { enterprise_id } = await makeApp(ann);
  const builds = `/api/apps/${enterprise_id}/builds`;
  const started = await call(builds, { json: { prompt: PROMPT }, token: ann.token });
  expect(started.status).toBe(202);
  const path = `${builds}/${(started.body as { build_id: string }).build_id}`;
  const planned = await readUntil(ann, path, (it) => it.status !== "building");
  expect(planned).toMatchObject({ status: "planned", plan: { workflows: [{}, {}, {}] } });
  const wrong = await call(`${path}/approve`, { json: { plan_hash: "other" }, token: ann.token });
  expect(codeOf(wrong)).toBe("PLAN_CHANGED");
  const cancelled = await call(`${path}/cancel`, { method: "POST", token: ann.token });
  expect(cancelled).toMatchObject({ status: 200, body: { status: "cancelled" } });
  const late = await call(`${path}/approve`, { json: { plan_hash: planned.plan_hash }, token: ann.token });
  expect(codeOf(late)).toBe("CONFLICT");
  expect(codeOf(await call(`${builds}/none`, { token: ann.token }))).toBe("NOT_FOUND");
  const app = await call(`/api/apps/${enterprise_id}`, { token: ann.token });
  expect(app.body).toMatchObject({ status: "draft" });
}, 60_000);
