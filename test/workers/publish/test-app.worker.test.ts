import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { filesFrom } from "#generator/files-from";
import type { AcceptanceResult, Build } from "#protocol/api/build";
import type { AppFiles } from "#protocol/app-file/app-files";
import { openTab } from "#test/support/chat-client";
import { planned } from "#test/support/planned";
import { call, makeApp, migrate, type Person, signUp } from "#test/workers/gateway/client";
import { appDataFor } from "#workers/app-data/app-data-for";
import { tablesFor } from "#workers/app-data/tables-for";
import { FOUNDRY } from "#workers/publish/foundry-meter";
import { testApp } from "#workers/publish/test-app";
import { ledgerFor } from "#workers/token-ledger/ledger-for";

const SEED = "Build a customer support app that handles refunds and tracks orders";
/** Small apps: one whose conversations write, one whose only read. */
const SWAPS = "An app to swap vinyl records with neighbours";
const PARCELS = "A courier tracking app";
const MANY_LANES = 12;
let owner: Person;

beforeAll(async () => {
  await migrate();
  owner = await signUp();
});

function appOf(prompt: string): AppFiles {
  return filesFrom(planned(prompt));
}

/** What is left in the scratch objects of a run, and whether one would still wake. */
async function leftOf(enterpriseId: string, id: string): Promise<unknown[]> {
  const left: unknown[] = [];
  for (let lane = 0; lane < MANY_LANES; lane += 1)
    await runInDurableObject(appDataFor(env, enterpriseId, `${id}:${lane}`), async (_, { storage }) => {
      const tables = storage.sql.exec(
        "SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'",
      );
      const alarm = await storage.getAlarm();
      left.push(...tables.toArray(), ...(alarm === null ? [] : [alarm]));
    });
  return left;
}

async function usedBy(enterpriseId: string) {
  const { as_of: _, ...usage } = await ledgerFor(env, enterpriseId).usage();
  return JSON.stringify(usage, (_name, value) => (typeof value === "bigint" ? String(value) : value));
}

const rowsOf = (enterpriseId: string, table: string) =>
  call(`/api/apps/${enterpriseId}/tables/${table}/rows`, { token: owner.token });

test("a build's conversations are paid by the foundry: the owner's money, usage and tables stay as they were", async () => {
  const { enterprise_id } = await makeApp(owner);
  const before = await usedBy(enterprise_id);
  const foundry = await usedBy(FOUNDRY);
  const base = `/api/apps/${enterprise_id}/builds`;
  const json = { prompt: SWAPS, approve: "auto" };
  const { chat_id, build_id } = (await call(base, { token: owner.token, json })).body as Build;
  const tab = await openTab(`/ws/generator/${enterprise_id}/${chat_id}/${owner.user_id}`, owner);
  await tab.until(({ type }) => type === "chat.run_complete");
  tab.close();
  const build = (await call(`${base}/${build_id}`, { token: owner.token })).body as Build;
  expect(build).toMatchObject({ status: "live", acceptance: { failed: 0 } });
  expect(await usedBy(enterprise_id)).toBe(before);
  expect(await usedBy(FOUNDRY)).not.toBe(foundry);
  expect(await leftOf(enterprise_id, build_id)).toEqual([]);

  // Conversations offered, withdrew and were given records by the dozen; the app has its two sample rows.
  const rows = await rowsOf(enterprise_id, "vinyl_record_offers");
  expect((rows.body as { items: unknown[] }).items).toHaveLength(2);
  for await (const _ of testApp(env, enterprise_id, "again", appOf(SWAPS), new AbortController().signal));
  expect((await rowsOf(enterprise_id, "vinyl_record_offers")).body).toEqual(rows.body);
  expect(await usedBy(enterprise_id)).toBe(before);
});

test("results come in the order of the cases, the same each time, though several are held at once", async () => {
  const files = appOf(PARCELS);
  const wanted = Object.values(files.acceptance).flatMap(({ cases }) => cases.map(({ name }) => name));
  const told: AcceptanceResult[][] = [];
  for (const id of ["first", "second"]) {
    const results: AcceptanceResult[] = [];
    for await (const it of testApp(env, "ent-order", id, files, new AbortController().signal))
      results.push(it);
    told.push(results);
  }
  expect(told[0]?.map(({ name }) => name)).toEqual(wanted);
  expect(told[1]).toEqual(told[0]);
});

test("conversations that are stopped in the middle leave nothing", async () => {
  const stop = new AbortController();
  const results: AcceptanceResult[] = [];
  for await (const it of testApp(env, "ent-stopped", "run", appOf(SEED), stop.signal)) {
    results.push(it);
    stop.abort();
  }
  expect(results.length).toBeLessThan(20);
  expect(await leftOf("ent-stopped", "run")).toEqual([]);
});

test("conversations whose reader turns away leave nothing", async () => {
  for await (const _ of testApp(env, "ent-away", "run", appOf(SEED), new AbortController().signal)) break;
  expect(await leftOf("ent-away", "run")).toEqual([]);
});

test("scratch tables whose run died delete themselves within the hour", async () => {
  const before = Date.now();
  const tables = tablesFor(env, "ent-died", "run:0");
  await tables.prepare(appOf(SEED).app.tables, "somebody");
  expect(await tables.count("orders", {})).toBe(3);
  const object = appDataFor(env, "ent-died", "run:0");
  await evictDurableObject(object);
  const alarm = await runInDurableObject(object, (_, { storage }) => storage.getAlarm());
  expect(alarm).toBeGreaterThan(before);
  expect(alarm).toBeLessThanOrEqual(Date.now() + 3_600_000);
  expect(await runDurableObjectAlarm(object)).toBe(true);
  expect(await leftOf("ent-died", "run")).toEqual([]);
});

test("scratch tables are new each time they are prepared; an app's own never are", async () => {
  const { tables: specs } = appOf(SEED).app;
  const row = { order_number: "A-7001", reason: "broken", amount: 5 };
  const scratch = tablesFor(env, "ent-new", "run:0");
  const own = tablesFor(env, "ent-new");
  for (const tables of [scratch, own]) {
    await tables.prepare(specs, "somebody");
    await tables.insert("somebody", "refunds", row, "k");
    await tables.prepare(specs, "somebody");
  }
  expect([await scratch.count("refunds", {}), await scratch.count("orders", {})]).toEqual([0, 3]);
  expect([await own.count("refunds", {}), await own.count("orders", {})]).toEqual([1, 3]);
  await scratch.destroy();
});
