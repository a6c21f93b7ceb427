import { expect, test } from "vitest";
import { checkpoint } from "#ledger/checkpoint";
import { configure, settings } from "#ledger/configure";
import { credit } from "#ledger/credit";
import { reserve } from "#ledger/reserve";
import { selfCheck } from "#ledger/self-check";
import { settle } from "#ledger/settle";
import { usage } from "#ledger/usage";
import { voidCall } from "#ledger/void-call";
import { ask, attempt, counts, type LedgerUnderTest, ledgerUnderTest, NOON } from "./ledger-under-test.ts";

/** One call's worst case, 300,000 nano, and an overdraft of 500,000. */
function ledgerWith(amount = 300_000n) {
  const ledger = ledgerUnderTest();
  configure(ledger, { overdraft_nano: 500_000n });
  credit(ledger, { kind: "trial", amount_nano: amount, key: "trial" });
  return ledger;
}

function account(ledger: LedgerUnderTest, id: string): bigint {
  const [row] = ledger.sql.exec(
    "SELECT CAST(balance_nano AS TEXT) AS n FROM accounts WHERE account_id = ?",
    id,
  );
  return BigInt(row!.n!);
}

test("an overrun beyond the balance is drawn from the overdraft, and beyond that absorbed", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  expect(settle(ledger, "a", [attempt({ output: 1_500 })])).toMatchObject({ balance_nano: -300_000n });
  expect(account(ledger, "overdraft")).toBe(-300_000n);
  expect(account(ledger, "absorbed")).toBe(0n);
});

test("the balance never falls below the overdraft, and a debt is never held against", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  expect(settle(ledger, "a", [attempt({ output: 9_000 })])).toMatchObject({ balance_nano: -500_000n });
  expect(account(ledger, "absorbed")).toBe(-2_800_000n);
  expect(reserve(ledger, ask("b"))).toMatchObject({ code: "INSUFFICIENT_BALANCE" });
  expect(selfCheck(ledger).ok).toBe(true);
});

test("an overdraft can't be set below the debt there is", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  settle(ledger, "a", [attempt({ output: 1_500 })]);
  expect(configure(ledger, { overdraft_nano: 299_999n })).toMatchObject({ code: "CONFLICT" });
  expect(settings(ledger).overdraft_nano).toBe(500_000n);
  expect(configure(ledger, { overdraft_nano: 300_000n })).toMatchObject({ ok: true });
});

test("a credit pays the debt back first", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  settle(ledger, "a", [attempt({ output: 1_500 })]);
  expect(credit(ledger, { kind: "topup", amount_nano: 100_000n, key: "p1" })).toMatchObject({
    balance_nano: -200_000n,
  });
  expect(credit(ledger, { kind: "topup", amount_nano: 900_000n, key: "p2" })).toMatchObject({
    balance_nano: 700_000n,
  });
  expect(account(ledger, "overdraft")).toBe(0n);
});

/** A call whose estimate ran into debt, which a top-up has paid back since. */
function estimatePaidBack() {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  checkpoint(ledger, "a", counts({ input: 1_000, output: 1_000 }));
  ledger.pass(60_000);
  credit(ledger, { kind: "topup", amount_nano: 600_000n, key: "paid" });
  expect(usage(ledger).balance_nano).toBe("400000");
  return ledger;
}

test.each([
  [
    "trued up to less",
    (ledger: LedgerUnderTest) => settle(ledger, "a", [attempt({ output: 250 })]),
    800_000n,
  ],
  ["voided", (ledger: LedgerUnderTest) => voidCall(ledger, "a"), 900_000n],
])("what a debt was paid back with is credit again when the call is %s", (_, end, balance) => {
  const ledger = estimatePaidBack();
  end(ledger);
  expect(usage(ledger)).toMatchObject({ balance_nano: String(balance) });
  expect(account(ledger, "overdraft")).toBe(0n);
  // All of it can be set aside: 100 input tokens and as much output as there is money for.
  const most = Number((balance - 10_000n) / 400n);
  const all = { input_upper: 100, max_output: most + 1_000 };
  expect(reserve(ledger, ask("b", all))).toMatchObject({ ok: true, max_output: most });
  expect(selfCheck(ledger).checks.filter((check) => check.violations > 0)).toEqual([]);
});

test("what comes back is not put into a credit whose time has come", () => {
  const ledger = estimatePaidBack();
  credit(ledger, { kind: "topup", amount_nano: 1n, key: "late", expires_at: NOON + 120_000, priority: 99 });
  ledger.at(NOON + 120_000);
  voidCall(ledger, "a");
  expect(usage(ledger).balance_nano).toBe("900000");
});
