import { expect, test } from "vitest";
import { configure } from "#ledger/configure";
import { credit } from "#ledger/credit";
import { exchange } from "#ledger/exchange";
import { readHeldLease } from "#ledger/held-lease";
import { findLease } from "#ledger/leases";
import { selfCheck } from "#ledger/self-check";
import { sessionBill } from "#ledger/session-bill";
import { usage } from "#ledger/usage";
import { chatUnderTest, LEASE_TTL_MS, NO_WAY, NO_WAY_BACK } from "./chat-under-test.ts";
import {
  ask,
  attempt,
  counts,
  DIME_PRICE,
  type LedgerUnderTest,
  leaseAsk,
  ledgerUnderTest,
} from "./ledger-under-test.ts";

const CENT = 10_000_000n;
/** One token of output: a hundredth of a cent. */
const TOKEN = CENT / 100n;

function ledgerWith(cents: bigint): LedgerUnderTest {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: cents * CENT, key: "pay" });
  return ledger;
}

/** A call that may cost ten cents: a thousand tokens of output. */
function dime(chatId: string, run = "run", call = "call") {
  return ask(`${chatId}/${run}/${call}`, {
    model: DIME_PRICE.model,
    chat_id: chatId,
    run_id: `${chatId}/${run}`,
    input_upper: 0,
    max_output: 1_000,
  });
}

const used = (output: number) => [attempt({ output }, { model: DIME_PRICE.model })];

function spentAndHeld(ledger: LedgerUnderTest) {
  const { totals, held_nano } = usage(ledger);
  return { cost: BigInt(totals.cost_nano), held: BigInt(held_nano) };
}

test("T34 a hundred turns at once on a balance for seven: exactly seven run", async () => {
  const ledger = ledgerWith(70n);
  const chats = Array.from({ length: 100 }, (_, n) => chatUnderTest(ledger, `chat_${n}`));
  const answers = await Promise.all(chats.map((chat, n) => chat.meter.reserve(dime(`chat_${n}`))));
  const run = chats.filter((_, n) => answers[n]!.ok);
  expect(run).toHaveLength(7);
  expect(new Set(answers.flatMap((it) => (it.ok ? [] : [it.code])))).toEqual(new Set(["TEMPORARILY_HELD"]));
  for (const chat of run) expect(chat.meter.held()).toMatchObject({ single: true });
  await Promise.all(
    run.map(async (chat) => {
      const call = chat.sql.exec("SELECT call_id FROM lease_calls")[0]!.call_id;
      await chat.meter.settle(String(call), used(1_000));
      await chat.meter.endRun();
    }),
  );
  expect(spentAndHeld(ledger)).toEqual({ cost: 70n * CENT, held: 0n });
});

test("T34 a thousand chats at once against $5.00 spend it all and no more", async () => {
  const ledger = ledgerWith(500n);
  const refused = new Set<string>();
  await Promise.all(
    Array.from({ length: 1_000 }, async (_, n) => {
      const chat = chatUnderTest(ledger, `chat_${n}`);
      for (let call = 0; call < 2; call++) {
        const asked = dime(`chat_${n}`, "run", String(call));
        const reserved = await chat.meter.reserve(asked);
        if (reserved.ok) await chat.meter.settle(asked.call_id, used(1_000));
        else refused.add(reserved.code);
      }
      await chat.meter.endRun();
    }),
  );
  expect(spentAndHeld(ledger)).toEqual({ cost: 500n * CENT, held: 0n });
  const last = await chatUnderTest(ledger, "last").meter.reserve(dime("last"));
  expect(last).toMatchObject({ code: "INSUFFICIENT_BALANCE" });
  expect(refused).toEqual(new Set(["TEMPORARILY_HELD"]));
  expect(selfCheck(ledger).ok).toBe(true);
});

test.each([0, 1, 50, 99])(
  "T35 a process killed at %i percent of an answer costs what was used, within one checkpoint; nothing stays held",
  async (percent) => {
    const ledger = ledgerWith(10_000n);
    const chat = chatUnderTest(ledger);
    const call = dime("chat_1");
    await chat.meter.reserve(call);
    const reached = percent * 10;
    for (let output = 0; output <= reached; output += 50)
      await chat.meter.checkpoint(call.call_id, counts({ output }));
    chat.restart();
    expect(chat.meter.settleNow(call.call_id, [])).toMatchObject({ ok: true });
    await chat.meter.giveBack();
    const { cost, held } = spentAndHeld(ledger);
    expect(held).toBe(0n);
    expect(cost).toBeLessThanOrEqual(BigInt(reached) * TOKEN);
    expect(cost).toBeGreaterThan(BigInt(reached - 50) * TOKEN);
  },
);

test("T35 a process killed between a call's end and its settlement: the usage is told later, exact, once", async () => {
  const ledger = ledgerWith(10_000n);
  const chat = chatUnderTest(ledger);
  const call = dime("chat_1");
  await chat.meter.reserve(call);
  await chat.meter.checkpoint(call.call_id, counts({ output: 100 }));
  chat.restart();
  await chat.meter.settle(call.call_id, used(777));
  chat.way = NO_WAY_BACK;
  expect(await chat.meter.endRun()).toMatchObject({ code: "LEDGER_UNAVAILABLE" });
  chat.restart();
  chat.way = async (deliver) => deliver();
  await chat.meter.settle(call.call_id, used(777));
  await chat.meter.giveBack();
  expect(spentAndHeld(ledger)).toEqual({ cost: 777n * TOKEN, held: 0n });
  expect(sessionBill(ledger, "chat_1")).toMatchObject({ final: true, lines: [{ source: "provider" }] });
});

test("T35 a call that no process ever ended is charged by its checkpoint when the next run begins", async () => {
  const ledger = ledgerWith(10_000n);
  const chat = chatUnderTest(ledger);
  await chat.meter.reserve(dime("chat_1"));
  await chat.meter.checkpoint(dime("chat_1").call_id, counts({ output: 400 }));
  chat.restart();
  await chat.meter.reserve(dime("chat_1", "next"));
  await chat.meter.settle(dime("chat_1", "next").call_id, used(1));
  await chat.meter.giveBack();
  expect(spentAndHeld(ledger)).toEqual({ cost: 401n * TOKEN, held: 0n });
});

test("F28 of a hundred warm turns none asks the ledger before its first token, and each asks once in all", async () => {
  const ledger = ledgerWith(100_000n);
  const chat = chatUnderTest(ledger);
  let beforeFirst = 0;
  for (let turn = -1; turn < 100; turn++) {
    if (turn === 0) chat.asked.length = 0;
    const before = chat.asked.length;
    for (const step of ["0", "1", "2"]) {
      const call = dime("chat_1", `run_${turn}`, step);
      expect(await chat.meter.reserve(call)).toMatchObject({ ok: true });
      if (turn >= 0 && step === "0") beforeFirst += chat.asked.length - before;
      ledger.pass(100);
      await chat.meter.settle(call.call_id, used(300));
    }
    await chat.meter.endRun();
  }
  expect(beforeFirst).toBe(0);
  expect(chat.asked).toEqual(Array.from({ length: 100 }, () => "renew"));
});

test("F26 without a lease nothing is spent while the ledger can't be reached", async () => {
  const ledger = ledgerWith(100n);
  const chat = chatUnderTest(ledger);
  chat.way = NO_WAY;
  expect(await chat.meter.reserve(dime("chat_1"))).toMatchObject({ code: "LEDGER_UNAVAILABLE" });
  expect(chat.sql.exec("SELECT * FROM lease_calls")).toEqual([]);
});

test("a lease that ends while its chat sleeps frees the money; what is told late is charged once", async () => {
  const ledger = ledgerWith(100_000n);
  const chat = chatUnderTest(ledger);
  await chat.meter.reserve(dime("chat_1"));
  await chat.meter.settle(dime("chat_1").call_id, used(500));
  ledger.pass(LEASE_TTL_MS - 1);
  expect(spentAndHeld(ledger).held).toBeGreaterThan(0n);
  ledger.pass(1);
  expect(spentAndHeld(ledger)).toEqual({ cost: 0n, held: 0n });
  chat.restart();
  chat.way = NO_WAY_BACK;
  await chat.meter.endRun();
  chat.way = async (deliver) => deliver();
  expect(await chat.meter.endRun()).toMatchObject({ ok: true, lease: null });
  expect(spentAndHeld(ledger)).toEqual({ cost: 5n * CENT, held: 0n });
});

test("a pause for a person holds nothing, also when the answer to that is lost", async () => {
  const ledger = ledgerWith(100_000n);
  const chat = chatUnderTest(ledger);
  for (const way of [NO_WAY_BACK, chat.way]) {
    const call = dime("chat_1", `run_${way.name}`);
    await chat.meter.reserve(call);
    await chat.meter.settle(call.call_id, used(10));
    chat.way = way;
    await chat.meter.giveBack();
    expect(spentAndHeld(ledger).held).toBe(0n);
    chat.way = async (deliver) => deliver();
  }
  expect(chat.meter.held()).toBeNull();
});

test("a process of an earlier lease can neither prolong the present one nor spend under it", async () => {
  const ledger = ledgerWith(100_000n);
  const chat = chatUnderTest(ledger);
  await chat.meter.reserve(dime("chat_1"));
  await chat.meter.settle(dime("chat_1").call_id, used(10));
  const { epoch } = readHeldLease(chat.sql);
  await chat.meter.giveBack();
  await chat.meter.reserve(dime("chat_1", "next"));
  const present = findLease(ledger.sql, "chat_1")!;
  ledger.pass(60_000);
  for (const then of [
    { do: "keep", ttl_ms: LEASE_TTL_MS },
    { do: "renew", need_nano: CENT, recent_nano: 0n, ttl_ms: LEASE_TTL_MS },
    { do: "return" },
  ] as const) {
    expect(exchange(ledger, leaseAsk(then, { chat_id: "chat_1", epoch }))).toMatchObject({
      ok: true,
      lease: null,
    });
    expect(findLease(ledger.sql, "chat_1")).toEqual(present);
  }
  expect(present.epoch).toBeGreaterThan(epoch);
});

test("T33 no limit is overspent by leases of many chats, whoever's they are", async () => {
  const ledger = ledgerWith(100_000n);
  configure(ledger, {
    limits: { app_month: 200n * CENT, user_day: 150n * CENT, chat: 25n * CENT, turn: 15n * CENT },
  });
  const codes = new Set<string>();
  await Promise.all(
    Array.from({ length: 8 }, async (_, n) => {
      const chat = chatUnderTest(ledger, `chat_${n}`);
      for (let call = 0; call < 5; call++) {
        const asked = dime(`chat_${n}`, `run_${call >> 1}`, String(call));
        const reserved = await chat.meter.reserve(asked);
        if (reserved.ok) await chat.meter.settle(asked.call_id, used(reserved.max_output));
        else codes.add(`${reserved.code} ${reserved.details.scope}`);
        if (call % 2 === 1) await chat.meter.endRun();
      }
      await chat.meter.giveBack();
      const { cost_nano } = sessionBill(ledger, `chat_${n}`).totals;
      expect(BigInt(cost_nano)).toBeLessThanOrEqual(25n * CENT);
    }),
  );
  const { cost, held } = spentAndHeld(ledger);
  expect(held).toBe(0n);
  expect(cost).toBeLessThanOrEqual(150n * CENT);
  expect(cost).toBeGreaterThan(140n * CENT);
  expect(codes).toContain("BUDGET_EXCEEDED user_day");
  expect(codes).toContain("BUDGET_EXCEEDED chat");
  for (const row of ledger.sql.exec("SELECT SUM(cost_nano) AS n FROM usage_rows GROUP BY run_id"))
    expect(Number(row.n)).toBeLessThanOrEqual(Number(15n * CENT));
});
