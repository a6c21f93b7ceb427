import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { LEDGER_LIMITS } from "#ledger/limits";
import { migrate } from "#test/workers/gateway/client";
import { ledgerFor } from "#workers/token-ledger/ledger-for";
import { meterFor } from "#workers/token-ledger/meter-for";
import type { TokenLedger } from "#workers/token-ledger/token-ledger";
import { twice } from "#workers/token-ledger/twice";
import { bindings, CENT, ledgerWith, START, tenCents, used } from "./ledger-client.ts";

beforeAll(migrate);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

test("T34 a thousand reserves of $0.10 at once against $5.00 admit exactly fifty", async () => {
  const ledger = await ledgerWith("ent_crowd", 500n * CENT);
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, (_, n) => ledgerFor(bindings, "ent_crowd").reserve(tenCents(`call_${n}`))),
  );
  expect(answers.filter((answer) => answer.ok)).toHaveLength(50);
  const codes = answers.flatMap((answer) => (answer.ok ? [] : [answer.code]));
  expect(new Set(codes)).toEqual(new Set(["TEMPORARILY_HELD"]));
  expect(await ledger.usage()).toMatchObject({ balance_nano: "5000000000", held_nano: "5000000000" });
  expect((await ledger.selfCheck()).ok).toBe(true);
}, 30_000);

test("F27 a settle delivered many times, and again after the object was gone, is charged once", async () => {
  const ledger = await ledgerWith("ent_twice", 500n * CENT);
  await ledger.reserve(tenCents("call"));
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => ledgerFor(bindings, "ent_twice").settle("call", [used(100)])),
  );
  await evictDurableObject(ledger);
  answers.push(await ledgerFor(bindings, "ent_twice").settle("call", [used(100)]));
  for (const answer of answers) expect(answer).toMatchObject({ ok: true, cost_nano: 40_000n });
  expect(await ledger.settle("call", [used(101)])).toMatchObject({ ok: false, code: "IDEMPOTENCY_MISMATCH" });
  expect((await ledger.usage()).totals).toMatchObject({ calls: 1, cost_nano: "40000" });
});

test("a balance above 2^53 nano-USD crosses storage and RPC exactly", async () => {
  const ledger = ledgerFor(bindings, "ent_rich");
  const amount = 9_007_199_254_740_993n;
  expect(await ledger.credit({ kind: "topup", amount_nano: amount, key: "k" })).toMatchObject({
    balance_nano: amount,
  });
  expect((await ledger.usage()).balance_nano).toBe("9007199254740993");
});

test("losing the object from memory loses nothing: usage, hold and checkpoint are as before", async () => {
  const ledger = await ledgerWith("ent_evicted", 500n * CENT);
  await ledger.reserve(tenCents("done"));
  await ledger.settle("done", [used(1_000)]);
  await ledger.reserve(tenCents("open"));
  await ledger.checkpoint("open", used(77).counts);
  const before = await ledger.usage();
  await evictDurableObject(ledger);
  expect(await ledgerFor(bindings, "ent_evicted").usage()).toEqual(before);
  vi.setSystemTime(START + 60_000);
  expect((await ledgerFor(bindings, "ent_evicted").usage()).totals.output_tokens).toBe(1_077);
});

test("T35 a call that never settles is ended by the alarm, is not free, and the ledger then rests", async () => {
  const ledger = await ledgerWith("ent_silent", 500n * CENT);
  await ledger.reserve(tenCents("call"));
  await ledger.checkpoint("call", used(500).counts);
  vi.setSystemTime(START + 60_000);
  expect(await runDurableObjectAlarm(ledger)).toBe(true);
  // What is left to ring for is the archive, two months after the month.
  const next = await runInDurableObject(ledger, (_, { storage }) => storage.getAlarm());
  expect(next).toBe(Date.parse("2030-02-01T00:00:00Z") + LEDGER_LIMITS.archiveAfterMs);
  const { lines, final } = await ledger.bill("chat_1");
  expect(final).toBe(true);
  expect(lines).toMatchObject([{ source: "estimated", cost_nano: "200000", at: "2030-01-15T12:01:00.000Z" }]);
});

test("an alarm that rings too early sets itself again", async () => {
  const ledger = await ledgerWith("ent_early", 500n * CENT);
  await ledger.reserve(tenCents("call"));
  vi.setSystemTime(START + 1_000);
  expect(await runDurableObjectAlarm(ledger)).toBe(true);
  expect((await ledger.usage()).held_nano).toBe("100000000");
  vi.setSystemTime(START + 60_000);
  expect(await runDurableObjectAlarm(ledger)).toBe(true);
  expect((await ledger.bill("chat_1")).final).toBe(true);
});

test("an operation that fails half way leaves nothing, though the object lives on", async () => {
  const ledger = await ledgerWith("ent_torn", 500n * CENT);
  await ledger.reserve(tenCents("call"));
  const before = await ledger.usage();
  await runInDurableObject(ledger, async (object: TokenLedger, { storage }) => {
    storage.sql.exec(
      "CREATE TRIGGER fail BEFORE INSERT ON usage_rows BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    await expect(object.settle("call", [used(100)])).rejects.toThrow("disk full");
    storage.sql.exec("DROP TRIGGER fail");
  });
  expect(await ledger.usage()).toEqual(before);
  expect(await ledger.settle("call", [used(100)])).toMatchObject({ ok: true, cost_nano: 40_000n });
  expect((await ledger.selfCheck()).ok).toBe(true);
});

test("refusals cross the object's RPC as values", async () => {
  const ledger = ledgerFor(bindings, "ent_poor");
  expect(await ledger.reserve(tenCents("a"))).toMatchObject({ ok: false, code: "INSUFFICIENT_BALANCE" });
  expect(await ledger.settle("none", [used(1)])).toMatchObject({ ok: false, code: "NOT_FOUND" });
  expect(await ledger.voidCall("none")).toMatchObject({ ok: false, code: "NOT_FOUND" });
  expect(await ledger.checkpoint("none", used(-1).counts)).toMatchObject({ ok: false, code: "BAD_REQUEST" });
  expect(await ledger.analytics({ from: "2030-02-01", to: "2030-01-01" })).toMatchObject({
    code: "BAD_REQUEST",
  });
});

test("T01 two enterprises' ledgers know nothing of each other", async () => {
  const [one, other] = [await ledgerWith("ent_one", 100n * CENT), await ledgerWith("ent_other", 100n * CENT)];
  await one.reserve(tenCents("call"));
  expect(await other.settle("call", [used(1)])).toMatchObject({ code: "NOT_FOUND" });
  expect(await other.usage()).toMatchObject({
    enterprise_id: "ent_other",
    held_nano: "0",
    totals: { calls: 0 },
  });
});

test("T72 a destroyed ledger has nothing left, no alarm, and starts anew", async () => {
  const ledger = await ledgerWith("ent_gone", 500n * CENT);
  await ledger.reserve(tenCents("call"));
  await ledger.settle("call", [used(1)]);
  await ledger.reserve(tenCents("open"));
  await ledger.destroy();
  expect(await runDurableObjectAlarm(ledger)).toBe(false);
  expect(await ledger.usage()).toMatchObject({
    seq: 0,
    balance_nano: "0",
    totals: { calls: 0 },
    by_chat: [],
  });
});

test("F26 a ledger that can't be reached refuses spending; a lost checkpoint hurts nobody; a new stub is tried once", async () => {
  const stubs: string[] = [];
  const broken = (error: Error) => ({
    TOKEN_LEDGER: {
      getByName: (name: string) => {
        stubs.push(name);
        const fail = () => Promise.reject(error);
        return { reserve: fail, settle: fail, checkpoint: fail, voidCall: fail };
      },
    } as never,
  });
  const meter = meterFor(broken(new Error("gone")), "ent_x");
  expect(await meter.reserve(tenCents("a"))).toMatchObject({ ok: false, code: "LEDGER_UNAVAILABLE" });
  expect(stubs).toEqual(["ent_x", "ent_x"]);
  expect(await meter.settle("a", [used(1)])).toMatchObject({ code: "LEDGER_UNAVAILABLE" });
  await expect(meter.checkpoint("a", used(1).counts)).resolves.toBeNull();
  await expect(meter.void("a")).rejects.toThrow("gone");
  stubs.length = 0;
  const overloaded = Object.assign(new Error("too much"), { overloaded: true });
  expect(await meterFor(broken(overloaded), "ent_x").reserve(tenCents("a"))).toMatchObject({ ok: false });
  expect(stubs).toEqual(["ent_x"]);
});

test("F26 a ledger that hangs is given up in time, and not asked again", async () => {
  let asked = 0;
  const hangs = () => {
    asked += 1;
    return new Promise(() => undefined);
  };
  await expect(twice(hangs, 5)).rejects.toThrow("no answer within 5 ms");
  expect(asked).toBe(1);
});
