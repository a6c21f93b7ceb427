import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { takeUsageByUser, usageOfUserIn } from "#billing/usage-by-user";
import { scopeOf } from "#enterprises/scope";
import type { OutboxBatch } from "#ledger/outbox";
import { UNUSED } from "#ledger/totals";
import { migrate } from "#test/workers/gateway/client";
import { compose } from "#workers/compose";
import { ledgerFor } from "#workers/token-ledger/ledger-for";
import { bindings, CENT, ledgerWith, START, tenCents, used } from "./ledger-client.ts";

const { db } = compose(bindings);
const MINUTE = 60_000;

beforeAll(migrate);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

async function spend(enterpriseId: string, callId: string, userId = "user_1") {
  const ledger = ledgerFor(bindings, enterpriseId);
  await ledger.reserve({ ...tenCents(callId), user_id: userId });
  await ledger.settle(callId, [used(100)]);
}

async function told(enterpriseId: string, userId = "user_1", period = "2030-01") {
  const found = await usageOfUserIn(db, { enterprise_ids: [enterpriseId], user_id: userId, period });
  return found.get(enterpriseId);
}

function nextAlarm(enterpriseId: string): Promise<number | null> {
  return runInDurableObject(ledgerFor(bindings, enterpriseId), (_, { storage }) => storage.getAlarm());
}

test("I12 what was used is passed on by the alarm: whole, by user, at most once a minute", async () => {
  const ledger = await ledgerWith("ent_out", 500n * CENT);
  await spend("ent_out", "a");
  await spend("ent_out", "b", "user_2");
  expect(await told("ent_out")).toBeUndefined();
  expect(await nextAlarm("ent_out")).toBe(START);
  expect(await runDurableObjectAlarm(ledger)).toBe(true);
  expect(await told("ent_out")).toMatchObject({ calls: 1, output_tokens: 100, cost_nano: "40000" });
  expect(await told("ent_out", "user_2")).toMatchObject({ calls: 1 });

  vi.setSystemTime(START + 1_000);
  await spend("ent_out", "c");
  expect(await nextAlarm("ent_out")).toBe(START + MINUTE);
  await runDurableObjectAlarm(ledger);
  expect(await told("ent_out")).toMatchObject({ calls: 1 });
  expect(await nextAlarm("ent_out")).toBe(START + MINUTE);
  await evictDurableObject(ledger);
  vi.setSystemTime(START + MINUTE);
  await runDurableObjectAlarm(ledgerFor(bindings, "ent_out"));
  expect(await told("ent_out")).toMatchObject({ calls: 2, cost_nano: "80000" });
  const mine = await ledgerFor(bindings, "ent_out").usageOfUser("user_1", "2030-01");
  expect(mine).toMatchObject((await told("ent_out"))!);
});

test("a D1 that fails holds nothing up: it is tried again, later each time, and then nothing is missing", async () => {
  const ledger = await ledgerWith("ent_down", 500n * CENT);
  await spend("ent_down", "a");
  await bindings.DB.exec("ALTER TABLE usage_by_user RENAME TO elsewhere");
  await runDurableObjectAlarm(ledger);
  expect(await nextAlarm("ent_down")).toBe(START + MINUTE);
  vi.setSystemTime(START + MINUTE);
  await runDurableObjectAlarm(ledger);
  expect(await nextAlarm("ent_down")).toBe(START + 3 * MINUTE);
  await spend("ent_down", "b");
  expect((await ledger.usage()).totals.calls).toBe(2);
  await bindings.DB.exec("ALTER TABLE elsewhere RENAME TO usage_by_user");
  vi.setSystemTime(START + 3 * MINUTE);
  await runDurableObjectAlarm(ledger);
  expect(await told("ent_down")).toMatchObject({ calls: 2 });
  expect((await ledger.selfCheck()).ok).toBe(true);
});

test("a ledger that is destroyed while it passes figures on leaves none behind that come later", async () => {
  const ledger = await ledgerWith("ent_leaving", 500n * CENT);
  await spend("ent_leaving", "a");
  await Promise.all([runDurableObjectAlarm(ledger), ledger.destroy()]);
  await spend("ent_other_one", "x");
  expect(await runDurableObjectAlarm(ledgerFor(bindings, "ent_leaving"))).toBe(false);
});

function batch(seq: number, calls: number, incarnation = "inc_1"): OutboxBatch {
  const sums = {
    input: calls,
    cache_read: 0,
    cache_write: 0,
    output: 0,
    reasoning: 0,
    calls,
    cost_nano: BigInt(calls),
  };
  return { incarnation, up_to: seq, rows: [{ period: "2030-01", user_id: "ann", seq, sums }] };
}

test("of what comes doubled or late the newest figure stays, and a new ledger's takes an old one's place", async () => {
  const scope = scopeOf("ent_table");
  const calls = async () => (await told("ent_table", "ann"))?.calls;
  await takeUsageByUser(db, scope, batch(5, 2));
  await takeUsageByUser(db, scope, batch(5, 99));
  await takeUsageByUser(db, scope, batch(4, 1));
  expect(await calls()).toBe(2);
  await takeUsageByUser(db, scope, batch(9, 7));
  expect(await calls()).toBe(7);
  await takeUsageByUser(db, scope, batch(1, 1, "inc_2"));
  expect(await calls()).toBe(1);
  await takeUsageByUser(db, scope, { ...batch(1, 1), rows: [] });
});

test("a figure beyond 2^53 stays exact, and hundreds of enterprises are asked for at once", async () => {
  const ids = Array.from({ length: 250 }, (_, n) => `ent_many_${n}`);
  const rich = batch(1, 3);
  rich.rows[0]!.sums.cost_nano = 9_007_199_254_740_993n;
  for (const id of [ids[0]!, ids[249]!]) await takeUsageByUser(db, scopeOf(id), rich);
  const ask = { enterprise_ids: ids, user_id: "ann", period: "2030-01" };
  const found = await usageOfUserIn(db, ask);
  expect([...found.keys()].sort()).toEqual([ids[0], ids[249]]);
  expect(found.get(ids[0]!)).toEqual({
    ...UNUSED,
    calls: 3,
    input_tokens: 3,
    total_tokens: 3,
    cost_nano: "9007199254740993",
    cost_usd: "9007199.254740993",
  });
  expect(await usageOfUserIn(db, { ...ask, user_id: "bob" })).toEqual(new Map());
  expect(await usageOfUserIn(db, { ...ask, enterprise_ids: [] })).toEqual(new Map());
});
