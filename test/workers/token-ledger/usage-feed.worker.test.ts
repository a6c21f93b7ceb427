import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { migrate } from "#test/workers/gateway/client";
import { ledgerFor } from "#workers/token-ledger/ledger-for";
import { bindings, CENT, ledgerWith, START, tenCents, used, watch } from "./ledger-client.ts";

beforeAll(migrate);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

test("a watcher gets a snapshot first, and a ping is answered", async () => {
  const ledger = await ledgerWith("ent_w1", 500n * CENT);
  const watcher = await watch("ent_w1");
  const frames = await watcher.caughtUp();
  expect(frames).toHaveLength(1);
  expect(frames[0]).toMatchObject({ type: "usage.snapshot", data: await ledger.usage() });
  expect(frames[0]!.seq).toBe(frames[0]!.data.seq);
});

test("F43 a second of a hundred changes is at most four frames of absolute values, and the last change arrives", async () => {
  const ledger = await ledgerWith("ent_w2", 500n * CENT);
  const watcher = await watch("ent_w2");
  await watcher.caughtUp();
  for (let n = 0; n < 50; n++) {
    vi.setSystemTime(START + 20 * n);
    await ledger.reserve({ ...tenCents(`call_${n}`), max_output: 1_000 });
    await ledger.settle(`call_${n}`, [used(10)]);
  }
  const frames = await watcher.caughtUp();
  expect(frames.length).toBeGreaterThanOrEqual(4);
  expect(frames.length).toBeLessThanOrEqual(1 + 3);
  expect(frames.at(-1)!.data.totals.calls).toBeLessThan(50);

  vi.setSystemTime(START + 1_030);
  expect(await runDurableObjectAlarm(ledger)).toBe(true);
  const all = await watcher.caughtUp();
  expect(all.at(-1)).toMatchObject({
    type: "usage.update",
    data: { held_nano: "0", totals: { calls: 50, output_tokens: 500, cost_nano: "200000" } },
  });
  const seqs = all.map((frame) => frame.seq);
  expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  for (const [n, frame] of all.entries()) {
    const before = all[n - 1];
    if (before)
      expect(Date.parse(frame.timestamp) - Date.parse(before.timestamp)).toBeGreaterThanOrEqual(250);
  }
});

test("a change after a pause goes out at once; a look that changes nothing sends nothing", async () => {
  const ledger = await ledgerWith("ent_w3", 500n * CENT);
  const watcher = await watch("ent_w3");
  vi.setSystemTime(START + 5_000);
  await ledger.reserve(tenCents("call"));
  expect((await watcher.caughtUp()).at(-1)).toMatchObject({ data: { held_nano: "100000000" } });
  vi.setSystemTime(START + 10_000);
  await ledger.usage();
  await ledger.reserve(tenCents("call"));
  expect(await watcher.caughtUp()).toHaveLength(2);
});

test("a change that came too soon has an alarm of its own, and no other change is needed for it to arrive", async () => {
  const ledger = await ledgerWith("ent_w9", 500n * CENT);
  const watcher = await watch("ent_w9");
  vi.setSystemTime(START + 10);
  await ledger.credit({ kind: "topup", amount_nano: CENT, key: "more" });
  expect(await watcher.caughtUp()).toHaveLength(1);
  expect(await runInDurableObject(ledger, (_, state) => state.storage.getAlarm())).toBe(START + 250);
  vi.setSystemTime(START + 250);
  await runDurableObjectAlarm(ledger);
  expect((await watcher.caughtUp()).at(-1)).toMatchObject({ data: { balance_nano: "5010000000" } });
  expect(await runInDurableObject(ledger, (_, state) => state.storage.getAlarm())).toBeNull();
});

test("a watcher outlives the object's memory", async () => {
  const ledger = await ledgerWith("ent_w4", 500n * CENT);
  const watcher = await watch("ent_w4");
  await watcher.caughtUp();
  await evictDurableObject(ledger);
  vi.setSystemTime(START + 20_000);
  await ledgerFor(bindings, "ent_w4").reserve(tenCents("call"));
  expect((await watcher.caughtUp()).at(-1)).toMatchObject({
    type: "usage.update",
    data: { held_nano: "100000000" },
  });
});

test("a hold that ends by itself is seen by who watches", async () => {
  const ledger = await ledgerWith("ent_w5", 500n * CENT);
  await ledger.reserve({ ...tenCents("call"), input_upper: 10 });
  const watcher = await watch("ent_w5");
  vi.setSystemTime(START + 60_000);
  await runDurableObjectAlarm(ledger);
  expect((await watcher.caughtUp()).at(-1)).toMatchObject({ data: { held_nano: "0", totals: { calls: 1 } } });
});

test("T12 a watcher of twelve hours gets nothing more and is closed, also after the object was gone", async () => {
  const ledger = await ledgerWith("ent_w10", 500n * CENT);
  const watcher = await watch("ent_w10");
  await watcher.caughtUp();
  await evictDurableObject(ledger);
  vi.setSystemTime(START + 12 * 3_600_000);
  await ledgerFor(bindings, "ent_w10").reserve(tenCents("call"));
  expect(await watcher.closed).toBe(4401);
  expect(watcher.frames).toHaveLength(1);
});

test("two watchers each get every value", async () => {
  const ledger = await ledgerWith("ent_w6", 500n * CENT);
  const first = await watch("ent_w6");
  vi.setSystemTime(START + 100);
  const second = await watch("ent_w6");
  await ledger.reserve(tenCents("call"));
  for (const ms of [250, 350]) {
    vi.setSystemTime(START + ms);
    await runDurableObjectAlarm(ledger);
  }
  for (const watcher of [first, second]) {
    expect(await watcher.caughtUp()).toMatchObject([
      { type: "usage.snapshot" },
      { data: { held_nano: "100000000" } },
    ]);
  }
});

test("T72 the feed of a deleted app is closed", async () => {
  const ledger = await ledgerWith("ent_w7", 500n * CENT);
  const watcher = await watch("ent_w7");
  await ledger.destroy();
  expect(await watcher.closed).toBe(1001);
});

test("a plain request is told to upgrade", async () => {
  const answer = await ledgerFor(bindings, "ent_w8").fetch("https://ledger/ws/usage/ent_w8");
  expect(answer.status).toBe(426);
});
