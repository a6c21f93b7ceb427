import {
  abortAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LeaseMeter } from "#ledger/lease-meter";
import { seeded } from "#test/packages/ledger/simulator/random";
import { migrate } from "#workers/chat-session/schema";
import { compose } from "#workers/compose";
import { leaseMeterFor } from "#workers/token-ledger/lease-meter-for";
import { ledgerFor } from "#workers/token-ledger/ledger-for";
import { bindings, CENT, ledgerWith, START, tenCents, used } from "./ledger-client.ts";

const NANO_PER_TOKEN = 400n;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Something that a chat's object does with its meter: in the object, over its own storage, as a fresh process of it. */
async function inChat<T>(
  payer: string,
  chatId: string,
  work: (meter: LeaseMeter, storage: DurableObjectStorage) => Promise<T>,
): Promise<T> {
  const stub = bindings.CHAT_SESSION.getByName(`${payer}:${chatId}`);
  return runInDurableObject(stub, (_, { storage }) => {
    // A chat that nobody has opened has its first tables only.
    migrate(storage);
    const chat = { payer, chat_id: chatId, user_id: "user_1" };
    return work(
      leaseMeterFor(compose(bindings), storage, chat, () => undefined),
      storage,
    );
  });
}

function callOf(chatId: string, callId: string, output = 250_000) {
  return { ...tenCents(callId), chat_id: chatId, run_id: `${chatId}/run`, max_output: output };
}

const syncLedger = (payer: string) =>
  runInDurableObject(ledgerFor(bindings, payer), (_, { storage }) => storage.sync());

async function evictLedger(payer: string): Promise<void> {
  // Only what runs can be evicted.
  await ledgerFor(bindings, payer).settings();
  await evictDurableObject(ledgerFor(bindings, payer));
}

test.each(["before", "after"])(
  "F27 an exchange that was acknowledged is there when every object is gone %s it was synced",
  async (when) => {
    const payer = `ent_lease_${when}`;
    await ledgerWith(payer, 500n * CENT);
    expect(await inChat(payer, "chat_1", (meter) => meter.reserve(callOf("chat_1", "a")))).toMatchObject({
      ok: true,
    });
    if (when === "after") await syncLedger(payer);
    await abortAllDurableObjects();
    expect(BigInt((await ledgerFor(bindings, payer).usage()).held_nano)).toBeGreaterThanOrEqual(10n * CENT);
    await inChat(payer, "chat_1", (meter) => meter.settle("a", [used(1_000)]));
    expect(await inChat(payer, "chat_1", (meter) => meter.giveBack())).toMatchObject({
      ok: true,
      lease: null,
    });
    if (when === "after") await syncLedger(payer);
    await abortAllDurableObjects();
    const { totals, held_nano } = await ledgerFor(bindings, payer).usage();
    expect([totals.cost_nano, held_nano]).toEqual([String(1_000n * NANO_PER_TOKEN), "0"]);
    expect(await inChat(payer, "chat_1", async (meter) => [meter.hasUnreported(), meter.held()])).toEqual([
      false,
      null,
    ]);
  },
);

test("F26 F27 the ledger is evicted between exchanges, and the lease goes on as if nothing had been", async () => {
  await ledgerWith("ent_lease_evicted", 500n * CENT);
  const ledger = () => ledgerFor(bindings, "ent_lease_evicted");
  const chat = <T>(work: (meter: LeaseMeter) => Promise<T>) => inChat("ent_lease_evicted", "chat_1", work);
  for (let n = 0; n < 5; n++) {
    await chat((meter) => meter.reserve(callOf("chat_1", `call_${n}`, 1_000)));
    await evictLedger("ent_lease_evicted");
    await chat((meter) => meter.settle(`call_${n}`, [used(100)]));
    expect(await chat((meter) => meter.endRun())).toMatchObject({
      ok: true,
      lease: { epoch: 1, single: false },
    });
    await evictLedger("ent_lease_evicted");
  }
  expect((await ledger().usage()).totals).toMatchObject({
    calls: 5,
    cost_nano: String(500n * NANO_PER_TOKEN),
  });
  vi.setSystemTime(START + 600_000);
  expect(await runDurableObjectAlarm(ledger())).toBe(true);
  await runInDurableObject(ledger(), (_, { storage: { sql } }) => {
    expect(sql.exec("SELECT * FROM leases WHERE ended_at IS NULL").toArray()).toEqual([]);
  });
  expect((await ledger().usage()).held_nano).toBe("0");
});

test("F35 an alarm that was lost is set again by whatever comes next", async () => {
  const ledger = await ledgerWith("ent_lease_alarm", 500n * CENT);
  await inChat("ent_lease_alarm", "chat_1", (meter) => meter.reserve(callOf("chat_1", "a", 1_000)));
  await runInDurableObject(ledger, (_, { storage }) => storage.deleteAlarm());
  vi.setSystemTime(START + 700_000);
  await inChat("ent_lease_alarm", "chat_2", (meter) => meter.reserve(callOf("chat_2", "b", 1_000)));
  await runInDurableObject(ledger, async (_, { storage }) => {
    expect(await storage.getAlarm()).toBe(START + 1_300_000);
  });
});

test.each([1, 2, 3, 4, 5, 6])(
  "F10 F27 seed %i: objects die at any moment of many exchanges; every call is charged once and nothing stays held",
  async (seed) => {
    const random = seeded(seed);
    const payer = `ent_lease_trace_${seed}`;
    await ledgerWith(payer, random.pick([1n, 5n, 500n]) * CENT);
    const chats = ["chat_1", "chat_2", "chat_3"];
    /** What each call uses is in its name. */
    const settledCost = new Map<string, bigint>();
    const settle = async (meter: LeaseMeter, callId: string) => {
      const output = Number(callId.split(" ")[1]);
      const settled = await meter.settle(callId, [used(output)]);
      if (settled.ok) settledCost.set(callId, BigInt(output) * NANO_PER_TOKEN);
    };
    let now = START;
    for (let step = 0; step < 60; step++) {
      const chatId = random.pick(chats);
      const output = random.between(1, 2_000);
      const callId = `${chatId}/${step} ${random.int(output + 1)}`;
      const todo = random.pick(["call", "call", "call", "report", "endRun", "giveBack"] as const);
      const work = inChat(payer, chatId, async (meter, { sql }) => {
        for (const row of sql.exec("SELECT call_id FROM lease_calls WHERE state = 'open'").toArray())
          await settle(meter, String(row.call_id));
        if (todo !== "call") await meter[todo]();
        else if ((await meter.reserve(callOf(chatId, callId, output))).ok && random.chance(0.8))
          await settle(meter, callId);
      });
      work.catch(() => undefined);
      const fate = random.pick([
        "well",
        "well",
        "killed",
        "ledger evicted",
        "synced and killed",
        "time",
      ] as const);
      // In the middle of it: wherever it has come to.
      if (fate === "killed") await abortAllDurableObjects();
      else await work;
      if (fate === "ledger evicted") await evictLedger(payer);
      if (fate === "synced and killed") {
        await syncLedger(payer);
        await abortAllDurableObjects();
      }
      if (fate === "time") now += random.int(60_000);
      vi.setSystemTime(now);
    }
    for (const chatId of chats) {
      await inChat(payer, chatId, async (meter, { sql }) => {
        for (const row of sql.exec("SELECT call_id FROM lease_calls WHERE state = 'open'").toArray())
          await settle(meter, String(row.call_id));
        expect(await meter.giveBack()).toMatchObject({ ok: true });
      });
    }
    const ledger = ledgerFor(bindings, payer);
    const { totals, held_nano } = await ledger.usage();
    expect(held_nano).toBe("0");
    expect(BigInt(totals.cost_nano)).toBe([...settledCost.values()].reduce((sum, cost) => sum + cost, 0n));
    const bills = await Promise.all(chats.map((chatId) => ledger.bill(chatId)));
    const lines = bills.flatMap((bill) =>
      bill.lines.map((line) => [line.call_id, BigInt(line.cost_nano)] as const),
    );
    expect(lines).toHaveLength(new Map(lines).size);
    for (const [callId, cost] of settledCost) expect(new Map(lines).get(callId)).toBe(cost);
    expect((await ledger.selfCheck()).ok).toBe(true);
  },
);
