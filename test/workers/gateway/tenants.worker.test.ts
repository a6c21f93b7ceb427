import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { scopeOf } from "#enterprises/scope";
import { chatSessionFor } from "#workers/chat-session/chat-session-for";
import { compose } from "#workers/compose";
import { ledgerFor } from "#workers/token-ledger/ledger-for";
import { loadVersion } from "#workflows/load-version";
import { publishVersion } from "#workflows/publish-version";
import { saveVersion } from "#workflows/save-version";
import { call, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { goLive, greeterApp } from "./greeter.ts";

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
    ];
    const found: Record<string, number> = {};
    for (const table of tables) {
      const column = columns[table] ?? "enterprise_id";
      const query = env.DB.prepare(`select count(*) as n from "${table}" where ${column} = ?`);
      found[table] = (await query.bind(app.enterprise_id).first<number>("n")) ?? 0;
    }
    found.files = (await deps.files.list(`enterprises/${app.enterprise_id}/`)).length;
    return found;
  };
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
