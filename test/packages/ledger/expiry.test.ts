import { expect, test } from "vitest";
import { checkpoint } from "#ledger/checkpoint";
import { credit } from "#ledger/credit";
import { endOverdue } from "#ledger/end-overdue";
import { nextDeadline } from "#ledger/next-deadline";
import { reserve } from "#ledger/reserve";
import { selfCheck } from "#ledger/self-check";
import { sessionBill } from "#ledger/session-bill";
import { settle } from "#ledger/settle";
import { usage } from "#ledger/usage";
import { voidCall } from "#ledger/void-call";
import { ask, attempt, counts, ledgerUnderTest, MODEL, NOON, ODD_PRICE } from "./ledger-under-test.ts";

function openCall(checkpoints: ReturnType<typeof counts>[] = []) {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "trial", amount_nano: 1_000_000n, key: "trial" });
  reserve(ledger, ask("a"));
  for (const at of checkpoints) checkpoint(ledger, "a", at);
  return ledger;
}

test("a hold is open to the last millisecond of its time and ended at the next", () => {
  const ledger = openCall();
  ledger.at(NOON + 59_999);
  expect(usage(ledger).held_nano).toBe("300000");
  ledger.at(NOON + 60_000);
  expect(usage(ledger).held_nano).toBe("0");
});

test("a call that is never heard of again is not free: it pays its input estimate", () => {
  const ledger = openCall();
  ledger.pass(60_000);
  expect(usage(ledger)).toMatchObject({ balance_nano: "900000", totals: { input_tokens: 1_000, calls: 1 } });
  expect(sessionBill(ledger, "chat_1").lines).toMatchObject([{ role: "estimate", source: "estimated" }]);
});

test("checkpoints doubled and out of order charge the highest, once", () => {
  const ledger = openCall([
    counts({ input: 600 }),
    counts({ input: 600, output: 90 }),
    counts({ input: 600, output: 90 }),
    counts({ input: 200, output: 10 }),
  ]);
  ledger.pass(60_000);
  expect(usage(ledger).totals).toMatchObject({ input_tokens: 600, output_tokens: 90, cost_nano: "96000" });
});

test("cached tokens are not charged twice when the first estimate counted them as plain input", () => {
  const ledger = openCall([counts({ input: 1_000 }), counts({ input: 50, cache_read: 950, output: 1 })]);
  ledger.pass(60_000);
  expect(usage(ledger).totals).toMatchObject({ input_tokens: 1_000, cached_input_tokens: 950 });
});

test("usage that comes late trues the estimate up by a row of its own; nothing is edited", () => {
  const ledger = openCall([counts({ input: 1_000, output: 40 })]);
  ledger.pass(60_000);
  endOverdue(ledger);
  const estimated = sessionBill(ledger, "chat_1").lines;
  ledger.pass(5_000);
  expect(settle(ledger, "a", [attempt({ input: 1_000, output: 55 })])).toMatchObject({
    ok: true,
    rows: [{ source: "provider", cost_nano: 122_000n }],
    cost_nano: 122_000n,
    chat_cost_nano: 122_000n,
    balance_nano: 878_000n,
  });
  const bill = sessionBill(ledger, "chat_1");
  expect(bill.lines.slice(0, 1)).toEqual(estimated);
  expect(bill.lines.map(({ role, cost_nano }) => [role, cost_nano])).toEqual([
    ["estimate", "116000"],
    ["reversal", "-116000"],
    ["charge", "122000"],
  ]);
  expect(bill.totals).toMatchObject({ calls: 1, input_tokens: 1_000, output_tokens: 55 });
  expect(selfCheck(ledger).ok).toBe(true);
});

test("a late truth by another model moves the whole call to that model", () => {
  const ledger = openCall();
  ledger.pass(60_000);
  endOverdue(ledger);
  settle(ledger, "a", [attempt({ input: 10 }, { model: ODD_PRICE.model })]);
  expect(usage(ledger).by_model).toMatchObject([{ key: ODD_PRICE.model, cost_nano: "11", calls: 1 }]);
});

test("a late settle is as idempotent as one in time", () => {
  const ledger = openCall();
  ledger.pass(60_000);
  const first = settle(ledger, "a", [attempt({ input: 10 })]);
  expect(settle(ledger, "a", [attempt({ input: 10 })])).toEqual(first);
  expect(settle(ledger, "a", [attempt({ input: 9 })])).toMatchObject({ code: "IDEMPOTENCY_MISMATCH" });
});

test("a void that comes late takes the estimate back", () => {
  const ledger = openCall();
  ledger.pass(60_000);
  endOverdue(ledger);
  expect(voidCall(ledger, "a")).toEqual({ ok: true });
  expect(usage(ledger)).toMatchObject({
    balance_nano: "1000000",
    totals: { calls: 0, cost_nano: "0" },
    by_model: [],
  });
  expect(selfCheck(ledger).ok).toBe(true);
});

test("an estimate is booked when it is made, so a month that was closed never changes", () => {
  const ledger = ledgerUnderTest();
  ledger.at(Date.parse("2026-11-30T23:59:30Z"));
  credit(ledger, { kind: "trial", amount_nano: 1_000_000n, key: "trial" });
  reserve(ledger, ask("a"));
  ledger.at(Date.parse("2026-12-01T00:00:10Z"));
  const november = usage(ledger, "2026-11").totals;
  ledger.pass(60_000);
  settle(ledger, "a", [attempt({ input: 5 })]);
  expect(usage(ledger, "2026-11").totals).toEqual(november);
  expect(usage(ledger, "2026-12").totals).toMatchObject({ calls: 1, input_tokens: 5 });
});

test("a credit past its date is taken back, but not what a call holds of it", () => {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "trial", amount_nano: 500_000n, key: "trial", expires_at: NOON + 1_000 });
  reserve(ledger, ask("a"));
  ledger.pass(1_000);
  expect(usage(ledger)).toMatchObject({ balance_nano: "300000", held_nano: "300000" });
  expect(settle(ledger, "a", [attempt({ output: 100 })])).toMatchObject({
    cost_nano: 40_000n,
    balance_nano: 0n,
  });
  expect(selfCheck(ledger).ok).toBe(true);
});

test("the next deadline is the earliest of what ends by itself", () => {
  const ledger = ledgerUnderTest();
  expect(nextDeadline(ledger)).toBeNull();
  credit(ledger, { kind: "trial", amount_nano: 1_000_000n, key: "trial", expires_at: NOON + 90_000 });
  expect(nextDeadline(ledger)).toBe(NOON + 90_000);
  reserve(ledger, ask("a"));
  expect(nextDeadline(ledger)).toBe(NOON + 60_000);
  settle(ledger, "a", [attempt({ input: 1 }, { model: MODEL })]);
  expect(nextDeadline(ledger)).toBe(NOON + 90_000);
});

test("a credit whose time has come is no deadline while a call holds all of it, nor once it is gone", () => {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "trial", amount_nano: 300_000n, key: "trial", expires_at: NOON + 1_000 });
  reserve(ledger, ask("a"));
  ledger.pass(1_000);
  endOverdue(ledger);
  expect(nextDeadline(ledger)).toBe(NOON + 60_000);
  voidCall(ledger, "a");
  endOverdue(ledger);
  expect(nextDeadline(ledger)).toBeNull();
});
