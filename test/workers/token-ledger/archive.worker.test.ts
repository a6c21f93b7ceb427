import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { scopeOf } from "#enterprises/scope";
import { LEDGER_LIMITS } from "#ledger/limits";
import { migrate } from "#test/workers/gateway/client";
import { usageExport } from "#workers/gateway/usage-export";
import { ledgerFor } from "#workers/token-ledger/ledger-for";
import { bindings, CENT, ledgerWith, START, tenCents, used } from "./ledger-client.ts";

/** January 2030 has ended, and another 62 days. */
const LEAVES = Date.parse("2030-02-01T00:00:00Z") + LEDGER_LIMITS.archiveAfterMs;
const MINUTE = 60_000;

beforeAll(migrate);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: START });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A ledger with some calls in January, and nothing left to pass on. */
async function usedIn(enterpriseId: string, calls: number) {
  const ledger = await ledgerWith(enterpriseId, 500n * CENT);
  for (let n = 0; n < calls; n++) {
    await ledger.reserve(tenCents(`call_${n}`));
    await ledger.settle(`call_${n}`, [used(1 + n)]);
  }
  await runDurableObjectAlarm(ledger);
  return ledger;
}

function nextAlarm(enterpriseId: string): Promise<number | null> {
  return runInDurableObject(ledgerFor(bindings, enterpriseId), (_, { storage }) => storage.getAlarm());
}

function rowsOf(enterpriseId: string): Promise<number> {
  return runInDurableObject(ledgerFor(bindings, enterpriseId), (_, { storage }) =>
    Number(storage.sql.exec("SELECT COUNT(*) AS n FROM usage_rows").one().n),
  );
}

async function files(enterpriseId: string): Promise<string[]> {
  const { objects } = await bindings.FILES.list({ prefix: `enterprises/${enterpriseId}/usage/` });
  return objects.map((it) => it.key.slice(`enterprises/${enterpriseId}/usage/`.length));
}

async function exported(enterpriseId: string, format: "csv" | "ndjson" = "ndjson"): Promise<string> {
  const { body } = await usageExport(bindings, scopeOf(enterpriseId), { period: "2030-01", format });
  return new Response(body).text();
}

test("the only alarm of a ledger at rest is for the moment its oldest month may leave", async () => {
  await usedIn("ent_rest", 1);
  expect(await nextAlarm("ent_rest")).toBe(LEAVES);
  await ledgerWith("ent_unused", CENT);
  expect(await nextAlarm("ent_unused")).toBeNull();
});

test("an old month leaves step by step, a file a step; all reads and the export stay as they were", async () => {
  const ledger = await usedIn("ent_old", LEDGER_LIMITS.archivePartRows + 20);
  vi.setSystemTime(LEAVES);
  const seen = async () => ({
    usage: (await ledger.usage("2030-01")).totals,
    statement: await ledger.statement("2030-01"),
    bill: (({ totals, by_agent }) => ({ totals, by_agent }))(await ledger.bill("chat_1")),
    csv: await exported("ent_old", "csv"),
    ndjson: await exported("ent_old"),
  });
  const before = await seen();
  expect(await runDurableObjectAlarm(ledger)).toBe(true);
  expect(await files("ent_old")).toEqual(["2030-01/000000000001.ndjson"]);
  expect(await rowsOf("ent_old")).toBe(20);
  expect(await nextAlarm("ent_old")).toBe(LEAVES);
  expect(await seen()).toEqual(before);
  await evictDurableObject(ledger);
  expect(await runDurableObjectAlarm(ledgerFor(bindings, "ent_old"))).toBe(true);
  expect(await files("ent_old")).toHaveLength(2);
  expect(await rowsOf("ent_old")).toBe(0);
  expect(await nextAlarm("ent_old")).toBeNull();
  expect(await seen()).toEqual(before);
  expect(await ledger.bill("chat_1")).toMatchObject({
    lines: [],
    archived_lines: LEDGER_LIMITS.archivePartRows + 20,
  });
  expect((await ledger.selfCheck()).checks.filter((check) => check.violations > 0)).toEqual([]);
  expect(await ledger.settle("call_0", [used(1)])).toMatchObject({ ok: false, code: "CONFLICT" });
}, 60_000);

test("a store that fails holds nothing up: nothing is deleted, and it is tried again, later each time", async () => {
  const ledger = await usedIn("ent_storeless", 3);
  const put = vi.spyOn(Object.getPrototypeOf(bindings.FILES), "put").mockRejectedValue(new Error("no store"));
  vi.setSystemTime(LEAVES);
  expect(await runDurableObjectAlarm(ledger)).toBe(true);
  expect(await nextAlarm("ent_storeless")).toBe(LEAVES + MINUTE);
  vi.setSystemTime(LEAVES + MINUTE);
  await runDurableObjectAlarm(ledger);
  expect(await nextAlarm("ent_storeless")).toBe(LEAVES + 3 * MINUTE);
  expect(put).toHaveBeenCalledTimes(2);
  expect(await ledger.reserve(tenCents("now"))).toMatchObject({ ok: true });
  expect(await rowsOf("ent_storeless")).toBe(3);
  put.mockRestore();
  vi.setSystemTime(LEAVES + 3 * MINUTE);
  await runDurableObjectAlarm(ledger);
  expect(await rowsOf("ent_storeless")).toBe(1);
  expect(await files("ent_storeless")).toHaveLength(1);
});

test("a crash after the file was written writes the same bytes again, and nothing is lost or doubled", async () => {
  const ledger = await usedIn("ent_crash", 3);
  const whole = await exported("ent_crash");
  await runInDurableObject(ledger, (_, { storage }) => {
    storage.sql.exec("CREATE TRIGGER fail BEFORE DELETE ON holds BEGIN SELECT RAISE(ABORT, 'crash'); END");
  });
  vi.setSystemTime(LEAVES);
  await runDurableObjectAlarm(ledger);
  const key = "enterprises/ent_crash/usage/2030-01/000000000001.ndjson";
  const first = await (await bindings.FILES.get(key))!.text();
  expect(await rowsOf("ent_crash")).toBe(3);
  expect(await exported("ent_crash")).toBe(whole);
  await runInDurableObject(ledger, (_, { storage }) => void storage.sql.exec("DROP TRIGGER fail"));
  vi.setSystemTime(LEAVES + MINUTE);
  await runDurableObjectAlarm(ledger);
  expect(await (await bindings.FILES.get(key))!.text()).toBe(first);
  expect(await exported("ent_crash")).toBe(whole);
});

test("a file that was changed or is gone breaks the export off: it is never short without saying so", async () => {
  const ledger = await usedIn("ent_forged", 2);
  vi.setSystemTime(LEAVES);
  await runDurableObjectAlarm(ledger);
  const key = "enterprises/ent_forged/usage/2030-01/000000000001.ndjson";
  const text = await (await bindings.FILES.get(key))!.text();
  await bindings.FILES.put(key, text.replace('"output":1', '"output":2'));
  await expect(exported("ent_forged")).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await bindings.FILES.delete(key);
  await expect(exported("ent_forged")).rejects.toMatchObject({ code: "UNAVAILABLE" });
});
