import { expect, test } from "vitest";
import { analytics } from "#ledger/analytics";
import { checkpoint } from "#ledger/checkpoint";
import { configure, setOwnCap, settings } from "#ledger/configure";
import { credit } from "#ledger/credit";
import { endOverdue } from "#ledger/end-overdue";
import { exchange } from "#ledger/exchange";
import { reserve } from "#ledger/reserve";
import { sessionBill } from "#ledger/session-bill";
import { settle } from "#ledger/settle";
import { usage } from "#ledger/usage";
import { usageOfUser } from "#ledger/usage-of-user";
import { voidCall } from "#ledger/void-call";
import { changed, dump } from "./dump.ts";
import {
  ask,
  attempt,
  counts,
  type LedgerUnderTest,
  leaseAsk,
  ledgerUnderTest,
  NOON,
  WANT,
} from "./ledger-under-test.ts";

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

/** One call open, one lease, credit that expires within the year. */
function busyLedger() {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "trial", amount_nano: 5_000_000n, key: "t", expires_at: NOON + 90 * 24 * HOUR_MS });
  configure(ledger, { limits: { app_month: 100_000_000n } });
  reserve(ledger, ask("open"));
  exchange(ledger, leaseAsk({ ...WANT }));
  usage(ledger);
  return ledger;
}

const OPERATIONS: Record<string, (ledger: LedgerUnderTest) => unknown> = {
  reserve: (ledger) => reserve(ledger, ask("b")),
  checkpoint: (ledger) => checkpoint(ledger, "open", counts({ input: 5 })),
  settle: (ledger) => settle(ledger, "open", [attempt({ input: 5 })]),
  void: (ledger) => voidCall(ledger, "open"),
  exchange: (ledger) => exchange(ledger, leaseAsk({ do: "return" }, { epoch: 1 })),
  credit: (ledger) => credit(ledger, { kind: "topup", amount_nano: 1n, key: "k" }),
  configure: (ledger) => configure(ledger, { overdraft_nano: 5n }),
  "own cap": (ledger) => setOwnCap(ledger, "ann", 5n),
};
const READS: Record<string, (ledger: LedgerUnderTest) => unknown> = {
  usage: (ledger) => usage(ledger),
  "usage of a user": (ledger) => usageOfUser(ledger, "user_1"),
  analytics: (ledger) => analytics(ledger),
  bill: (ledger) => sessionBill(ledger, "chat_1"),
  settings: (ledger) => settings(ledger),
  alarm: (ledger) => endOverdue(ledger),
};

const SKEWS = [
  ["back by an hour", -HOUR_MS],
  ["back by more than a minute", -60_001],
  ["forward by a year", YEAR_MS],
] as const;

for (const [skew, ms] of SKEWS) {
  test.each(Object.keys(OPERATIONS))(`a clock that goes ${skew} refuses a %s with no effect`, (name) => {
    const ledger = busyLedger();
    const before = dump(ledger);
    ledger.pass(ms);
    expect(OPERATIONS[name]!(ledger)).toEqual({ ok: false, code: "CLOCK_SKEW", details: {} });
    expect(changed(before, dump(ledger))).toEqual([]);
  });

  test.each(Object.keys(READS))(
    `with a clock that goes ${skew} a read (%s) answers and changes nothing`,
    (name) => {
      const ledger = busyLedger();
      const before = dump(ledger);
      ledger.pass(ms);
      READS[name]!(ledger);
      expect(changed(before, dump(ledger))).toEqual([]);
    },
  );

  test(`a clock that went ${skew} and comes back is believed at once, and nothing has happened meanwhile`, () => {
    const ledger = busyLedger();
    const before = usage(ledger);
    ledger.pass(ms);
    usage(ledger);
    ledger.pass(-ms);
    expect(usage(ledger)).toEqual(before);
    expect(settle(ledger, "open", [attempt({ input: 5 })])).toMatchObject({ ok: true });
    expect(usage(ledger, "2026-11").totals.calls).toBe(1);
  });

  // One that is back by little more than a minute is soon within what is believed anyway.
  if (ms === -60_001) continue;

  test(`a clock that went ${skew} is believed after a minute of steady ticking`, () => {
    const ledger = busyLedger();
    ledger.pass(ms);
    for (let second = 0; second < 60; second += 10) {
      expect(reserve(ledger, ask("b")), `${second}`).toMatchObject({ code: "CLOCK_SKEW" });
      ledger.pass(10_000);
    }
    expect(reserve(ledger, ask("b"))).not.toMatchObject({ code: "CLOCK_SKEW" });
    expect(reserve(ledger, ask("c"))).not.toMatchObject({ code: "CLOCK_SKEW" });
  });
}

test("a clock that jumps about is never believed", () => {
  const ledger = busyLedger();
  for (let n = 0; n < 50; n++) {
    ledger.at(NOON + (n % 2 === 0 ? YEAR_MS : -YEAR_MS) + n * 30_000);
    expect(credit(ledger, { kind: "topup", amount_nano: 1n, key: "k" })).toMatchObject({
      code: "CLOCK_SKEW",
    });
  }
});

test("a clock that is behind by up to a minute is believed", () => {
  const ledger = busyLedger();
  ledger.pass(-60_000);
  expect(reserve(ledger, ask("b"))).toMatchObject({ ok: true });
});

test("a ledger nobody used for a year, with nothing open, is not in doubt", () => {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: 1_000_000n, key: "k" });
  ledger.pass(YEAR_MS);
  expect(reserve(ledger, ask("b"))).toMatchObject({ ok: true });
});
