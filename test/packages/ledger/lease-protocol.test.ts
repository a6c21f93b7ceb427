import { expect, test } from "vitest";
import { credit } from "#ledger/credit";
import { exchange } from "#ledger/exchange";
import { readHeldLease } from "#ledger/held-lease";
import { findLease } from "#ledger/leases";
import { selfCheck } from "#ledger/self-check";
import { usage } from "#ledger/usage";
import { chatUnderTest, LEASE_TTL_MS, NO_WAY, NO_WAY_BACK } from "./chat-under-test.ts";
import { ask, attempt, DIME_PRICE, leaseAsk, ledgerUnderTest, WANT } from "./ledger-under-test.ts";

const CENT = 10_000_000n;

/** A chat with so many cents; a call of `dime` holds ten of them, and costs one for every hundred tokens of output. */
function chatWith(cents: bigint) {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: cents * CENT, key: "pay" });
  return { ledger, chat: chatUnderTest(ledger) };
}

function dime(callId: string, runId: string, output = 1_000) {
  return ask(callId, {
    model: DIME_PRICE.model,
    run_id: runId,
    chat_id: "chat_1",
    input_upper: 0,
    max_output: output,
  });
}

const usedUp = (output: number) => [attempt({ output }, { model: DIME_PRICE.model })];
const heldNano = (ledger: ReturnType<typeof ledgerUnderTest>) => BigInt(usage(ledger).held_nano);

test("a lease that was asked for before and comes late does not take away the one in use", async () => {
  const { ledger, chat } = chatWith(10_000n);
  let late = () => {};
  chat.way = async (deliver) => {
    late = deliver;
    return NO_WAY(deliver, leaseAsk(WANT));
  };
  expect(await chat.meter.reserve(dime("a", "run"))).toMatchObject({ code: "LEDGER_UNAVAILABLE" });
  chat.way = async (deliver) => deliver();
  expect(await chat.meter.reserve(dime("b", "run"))).toMatchObject({ ok: true });
  const inUse = findLease(ledger.sql, "chat_1");
  late();
  expect(findLease(ledger.sql, "chat_1")).toEqual(inUse);
  expect(readHeldLease(chat.sql).lease).toMatchObject({ epoch: inUse!.epoch });
});

test("a renewal that comes twice does not end the lease in use when money has become short", async () => {
  const { ledger, chat } = chatWith(1_000n);
  await chat.meter.reserve(dime("a", "run_1"));
  await chat.meter.settle("a", usedUp(100));
  let again = () => {};
  chat.way = async (deliver) => {
    again = deliver;
    return deliver();
  };
  await chat.meter.endRun();
  expect(await chat.meter.reserve(dime("b", "run_2"))).toMatchObject({ ok: true });
  const rest = exchange(ledger, leaseAsk({ ...WANT, model: DIME_PRICE.model, max_output: 60_000 }));
  expect(rest).toMatchObject({ ok: true, lease: { single: true } });
  again();
  expect(findLease(ledger.sql, "chat_1")!.amount_nano).toBe(readHeldLease(chat.sql).lease!.amount_nano);
});

test("more calls than one report takes are all told before their lease goes back", async () => {
  const { ledger, chat } = chatWith(10_000n);
  for (let n = 0; n < 600; n++) {
    expect(await chat.meter.reserve(ask(`c${n}`, { run_id: `run_${n >> 4}` }))).toMatchObject({ ok: true });
    await chat.meter.settle(`c${n}`, [attempt({ output: 1 })]);
  }
  chat.asked.length = 0;
  await chat.meter.giveBack();
  expect(chat.asked).toEqual(["keep", "keep", "return"]);
  expect(usage(ledger)).toMatchObject({ held_nano: "0", totals: { calls: 600 } });
  expect(chat.meter.hasUnreported()).toBe(false);
});

test("a lease is not given back under a call", async () => {
  const { ledger, chat } = chatWith(10_000n);
  await chat.meter.reserve(dime("a", "run"));
  expect(await chat.meter.giveBack()).toMatchObject({ ok: true });
  expect(heldNano(ledger)).toBeGreaterThanOrEqual(10n * CENT);
  await chat.meter.settle("a", usedUp(1_000));
  await chat.meter.giveBack();
  expect(usage(ledger)).toMatchObject({ held_nano: "0", totals: { cost_nano: String(10n * CENT) } });
});

test("what is given back in the moment of a grant waits: the call that was granted is covered", async () => {
  const { ledger, chat } = chatWith(10_000n);
  const reserved = chat.meter.reserve(dime("a", "run"));
  await Promise.resolve();
  const back = chat.meter.giveBack();
  expect(await reserved).toMatchObject({ ok: true });
  await back;
  expect(heldNano(ledger)).toBeGreaterThanOrEqual(10n * CENT);
});

test("two calls at once in a chat: the second is made under the first one's lease, or is held", async () => {
  for (const [cents, second] of [
    [10_000n, { ok: true }],
    [10n, { code: "TEMPORARILY_HELD" }],
  ] as const) {
    const { ledger, chat } = chatWith(cents);
    const both = [chat.meter.reserve(dime("a", "run")), chat.meter.reserve(dime("b", "run"))];
    expect(await Promise.all(both)).toMatchObject([{ ok: true }, second]);
    expect(chat.asked).toEqual(["want"]);
    expect(heldNano(ledger)).toBeGreaterThanOrEqual(10n * CENT);
  }
});

test("a lease for one call goes back with its run, also when all was told in between", async () => {
  const { ledger, chat } = chatWith(50n);
  await chat.meter.reserve(dime("a", "run"));
  await chat.meter.settle("a", usedUp(500));
  await chat.meter.report();
  expect(chat.meter.held()).toMatchObject({ single: true });
  await chat.meter.endRun();
  expect(chat.asked).toEqual(["want", "keep", "return"]);
  expect(heldNano(ledger)).toBe(0n);
});

test("a lease that is enough goes back at the end of a run in which money has become short", async () => {
  const { ledger, chat } = chatWith(1_000n);
  await chat.meter.reserve(dime("a", "run"));
  expect(chat.meter.held()).toMatchObject({ single: false });
  await chat.meter.settle("a", usedUp(500));
  exchange(ledger, leaseAsk({ ...WANT, model: DIME_PRICE.model, max_output: 90_000 }));
  await chat.meter.endRun();
  expect(chat.asked).toEqual(["want", "renew", "return"]);
  expect(findLease(ledger.sql, "chat_1")).toMatchObject({ amount_nano: 0n });
});

test("a grant whose answer was lost goes back with the next word of the chat", async () => {
  const { ledger, chat } = chatWith(10_000n);
  chat.way = NO_WAY_BACK;
  expect(await chat.meter.reserve(dime("a", "run"))).toMatchObject({ code: "LEDGER_UNAVAILABLE" });
  expect(heldNano(ledger)).toBeGreaterThan(0n);
  chat.way = async (deliver) => deliver();
  chat.restart();
  await chat.meter.report();
  expect(heldNano(ledger)).toBe(0n);
});

test("no call is started that could outlive its lease, by clocks that differ and answers that are slow", async () => {
  const { ledger } = chatWith(10_000n);
  let skew = -20_000;
  const chat = chatUnderTest(ledger, "chat_1", { now: () => ledger.clock.now() + skew });
  const call = (name: string) => ({ ...dime(name, "run"), ttl_ms: 300_000 });
  await chat.meter.reserve(call("a"));
  await chat.meter.settle("a", usedUp(1));
  skew = -40_000;
  ledger.pass(LEASE_TTL_MS - 300_000 - 5_000);
  expect(await chat.meter.reserve(call("b"))).toMatchObject({ ok: true });
  expect(chat.asked).toEqual(["want", "want"]);
  await chat.meter.settle("b", usedUp(1));
  await chat.meter.giveBack();
  chat.way = async (deliver) => {
    const answer = deliver();
    ledger.pass(LEASE_TTL_MS - 299_999);
    return answer;
  };
  expect(await chat.meter.reserve(call("c"))).toMatchObject({ code: "LEDGER_UNAVAILABLE" });
});

test("a chat whose rows were restored from before catches up with what it once asked for", async () => {
  const { ledger, chat } = chatWith(10_000n);
  for (let n = 0; n < 5; n++) {
    await chat.meter.reserve(dime(`c${n}`, `run_${n}`));
    await chat.meter.settle(`c${n}`, usedUp(100));
    await chat.meter.giveBack();
  }
  const restored = chatUnderTest(ledger);
  expect(await restored.meter.reserve(dime("d", "run_d"))).toMatchObject({ code: "CONFLICT" });
  expect(await restored.meter.reserve(dime("d", "run_d"))).toMatchObject({ ok: true });
  expect(selfCheck(ledger).ok).toBe(true);
});

test("F26 with a lease in hand turns go on to its end without the ledger; without one they stop; all is told after", async () => {
  const { ledger, chat } = chatWith(10_000n);
  const turn = async (name: string) => {
    const reserved = await chat.meter.reserve(dime(name, `run_${name}`));
    if (!reserved.ok) return reserved.code;
    await chat.meter.settle(name, usedUp(500));
    return (await chat.meter.endRun()).ok ? "told" : "untold";
  };
  expect(await turn("a")).toBe("told");
  const { amount_nano } = readHeldLease(chat.sql).lease!;
  chat.way = NO_WAY;
  const ends: string[] = [];
  while (ends.at(-1) !== "LEDGER_UNAVAILABLE") ends.push(await turn(`b${ends.length}`));
  const made = ends.length - 1;
  expect(made).toBeGreaterThan(2);
  expect(BigInt(made) * 5n * CENT).toBeLessThanOrEqual(amount_nano);
  chat.way = async (deliver) => deliver();
  chat.restart();
  expect(await turn("c")).toBe("told");
  expect(usage(ledger).totals).toMatchObject({
    calls: made + 2,
    cost_nano: String(BigInt(made + 2) * 5n * CENT),
  });
  expect(selfCheck(ledger).ok).toBe(true);
});
