import { expect, test } from "vitest";
import { credit } from "#ledger/credit";
import { exchange } from "#ledger/exchange";
import { LEASE_TABLES } from "#ledger/held-lease";
import { secondTry } from "#ledger/lease-line";
import { leaseMeter } from "#ledger/lease-meter";
import type { LeaseAnswer, LeaseAsk } from "#ledger/lease-types";
import { refuse } from "#ledger/refuse";
import { usage } from "#ledger/usage";
import { nodeSql } from "#test/support/sqlite";
import { ask, attempt, leaseAsk, ledgerUnderTest, WANT } from "./ledger-under-test.ts";

/** A chat whose way to the ledger can be held up; `restart` is what comes after its process died. */
function chat() {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: 5_000_000_000n, key: "pay" });
  const sql = nodeSql();
  for (const table of LEASE_TABLES) sql.exec(table);
  const asked: LeaseAsk["then"]["do"][] = [];
  let way: (answer: LeaseAnswer) => Promise<LeaseAnswer> = async (answer) => answer;
  /** While it is down, an ask does not reach the ledger. */
  const line = { isDown: false };
  const restart = () =>
    leaseMeter({
      sql,
      clock: ledger.clock,
      prices: ledger.prices,
      chat_id: "chat_1",
      user_id: "user_1",
      lease_ttl_ms: 600_000,
      heard: () => undefined,
      exchange: (it) => {
        asked.push(it.then.do);
        if (line.isDown) return Promise.resolve(refuse("LEDGER_UNAVAILABLE"));
        return way(exchange(ledger, it));
      },
    });
  return {
    ledger,
    asked,
    ask: line,
    restart,
    meter: restart(),
    answers: (next: typeof way) => {
      way = next;
    },
  };
}

const NEVER = () => new Promise<LeaseAnswer>(() => undefined);

async function turn(meter: ReturnType<typeof leaseMeter>, n: number) {
  expect(await meter.reserve(ask(`call_${n}`, { run_id: `run_${n}` }))).toMatchObject({ ok: true });
  expect(await meter.settle(`call_${n}`, [attempt({ input: 100, output: 10 })])).toMatchObject({ ok: true });
}

test("a warm turn asks the ledger once, at its end", async () => {
  const { meter, asked } = chat();
  for (let n = 0; n < 100; n++) {
    await turn(meter, n);
    if (n > 0) expect(asked.at(-1)).toBe("renew");
    await meter.endRun();
  }
  expect(asked.filter((it) => it === "want")).toHaveLength(1);
  expect(asked).toHaveLength(101);
});

test("under a lease that is being given back nothing is spent: the call waits and asks anew", async () => {
  const { meter, asked, answers, ledger } = chat();
  await turn(meter, 0);
  await meter.endRun();
  let arrive = () => {};
  answers((answer) => new Promise((resolve) => (arrive = () => resolve(answer))));
  const back = meter.giveBack();
  const next = meter.reserve(ask("late", { run_id: "run_late" }));
  await Promise.resolve();
  answers(async (answer) => answer);
  arrive();
  expect(await back).toMatchObject({ ok: true, lease: null });
  expect(await next).toMatchObject({ ok: true });
  expect(asked.slice(-2)).toEqual(["return", "want"]);
  expect(BigInt(usage(ledger).held_nano)).toBeGreaterThan(0n);
});

test("a process that dies before it hears that its lease is gone does not spend under it afterwards", async () => {
  const { meter, asked, answers, restart } = chat();
  await turn(meter, 0);
  answers(NEVER);
  void meter.giveBack();
  await Promise.resolve();
  answers(async (answer) => answer);
  const next = restart();
  expect(next.held()).toMatchObject({ single: true });
  await turn(next, 1);
  expect(asked.slice(-2)).toEqual(["return", "want"]);
});

test("F26 a lease that is asked for twice, because the first answer was lost, is granted; the first ask coming late takes nothing away", () => {
  const { ledger } = chat();
  const first = leaseAsk(WANT);
  expect(exchange(ledger, first)).toMatchObject({ ok: true, lease: { epoch: 1 } });
  expect(exchange(ledger, secondTry(first))).toMatchObject({
    ok: true,
    lease: { epoch: 2 },
    wanted: { ok: true },
  });
  const held = usage(ledger).held_nano;
  expect(exchange(ledger, first)).toMatchObject({ ok: false, code: "CONFLICT" });
  expect(usage(ledger).held_nano).toBe(held);
  expect(BigInt(held)).toBeGreaterThan(0n);
});

test("a lease that was let go of is not taken up again, though the ledger never heard of it", async () => {
  const { meter, ledger, asked, ask: line } = chat();
  await turn(meter, 0);
  await meter.endRun();
  line.isDown = true;
  expect(await meter.giveBack()).toMatchObject({ ok: false, code: "LEDGER_UNAVAILABLE" });
  line.isDown = false;
  expect(BigInt(usage(ledger).held_nano)).toBeGreaterThan(0n);
  expect(await meter.endRun()).toMatchObject({ ok: true, lease: null });
  expect(asked.slice(-2)).toEqual(["return", "return"]);
  expect(meter.held()).toBeNull();
  expect(usage(ledger).held_nano).toBe("0");
});
