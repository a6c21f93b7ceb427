import { describe, expect, test } from "vitest";
import { checkpoint } from "#ledger/checkpoint";
import { credit } from "#ledger/credit";
import { reserve } from "#ledger/reserve";
import { selfCheck } from "#ledger/self-check";
import { sessionBill } from "#ledger/session-bill";
import { settle } from "#ledger/settle";
import { usage } from "#ledger/usage";
import { voidCall } from "#ledger/void-call";
import { ask, attempt, counts, ledgerUnderTest, ODD_PRICE } from "./ledger-under-test.ts";

function ledgerWith(amount = 1_000_000n) {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "trial", amount_nano: amount, key: "trial" });
  return ledger;
}

test("a settle charges what was used and frees the rest", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  expect(settle(ledger, "a", [attempt({ input: 400, cache_read: 200, output: 30 })])).toEqual({
    ok: true,
    rows: [
      {
        model: "offline/mozaiks-1",
        counts: counts({ input: 400, cache_read: 200, output: 30 }),
        cost_nano: 57_000n,
        source: "provider",
      },
    ],
    cost_nano: 57_000n,
    chat_cost_nano: 57_000n,
    balance_nano: 943_000n,
  });
  expect(usage(ledger)).toMatchObject({ balance_nano: "943000", held_nano: "0" });
});

test("the chat's cost grows with each of its calls and with no other chat's", () => {
  const ledger = ledgerWith();
  for (const [call, chat] of [
    ["a", "chat_1"],
    ["b", "chat_2"],
    ["c", "chat_1"],
  ] as const) {
    reserve(ledger, ask(call, { chat_id: chat }));
  }
  settle(ledger, "a", [attempt({ input: 1 })]);
  settle(ledger, "b", [attempt({ input: 10 })]);
  expect(settle(ledger, "c", [attempt({ input: 2 })])).toMatchObject({ chat_cost_nano: 300n });
});

describe("settling twice", () => {
  test("with the same figures answers the same and charges once", () => {
    const ledger = ledgerWith();
    reserve(ledger, ask("a"));
    const first = settle(ledger, "a", [attempt({ input: 10 })]);
    expect(settle(ledger, "a", [attempt({ input: 10 })])).toEqual(first);
    expect(usage(ledger).totals).toMatchObject({ calls: 1, input_tokens: 10 });
  });

  test("with other figures is a mismatch without effect", () => {
    const ledger = ledgerWith();
    reserve(ledger, ask("a"));
    settle(ledger, "a", [attempt({ input: 10 })]);
    const before = usage(ledger);
    expect(settle(ledger, "a", [attempt({ input: 11 })])).toMatchObject({ code: "IDEMPOTENCY_MISMATCH" });
    expect(settle(ledger, "a", [attempt({ input: 10 }, { response_id: "r" })])).toMatchObject({
      code: "IDEMPOTENCY_MISMATCH",
    });
    expect(usage(ledger)).toEqual(before);
  });
});

test.each([
  ["negative", -1],
  ["fractional", 0.5],
  ["NaN", Number.NaN],
  ["infinite", Number.POSITIVE_INFINITY],
  ["absurd", 1e15],
  ["missing", undefined as never],
  ["text", "5" as never],
])("%s counts are refused and the hold stays", (_, value) => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  expect(settle(ledger, "a", [attempt({ output: value })])).toMatchObject({ code: "BAD_REQUEST" });
  expect(checkpoint(ledger, "a", counts({ output: value }))).toMatchObject({ code: "BAD_REQUEST" });
  expect(usage(ledger)).toMatchObject({ held_nano: "300000", totals: { calls: 0 } });
});

test("a failed attempt and a fallback are each charged, the fallback at its own model's price", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  const answer = settle(ledger, "a", [
    attempt({ input: 100 }),
    attempt({ input: 100, output: 3 }, { attempt: 1, model: ODD_PRICE.model }),
  ]);
  expect(answer).toMatchObject({ ok: true, cost_nano: 10_000n + 116n });
  expect(usage(ledger).by_model.map(({ key, cost_nano, calls }) => [key, cost_nano, calls])).toEqual([
    ["offline/mozaiks-1", "10000", 1],
    ["test/odd", "116", 1],
  ]);
});

test("a fallback to a model without a price is refused whole", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  const attempts = [attempt({ input: 1 }), attempt({ input: 1 }, { attempt: 1, model: "nobody/knows" })];
  expect(settle(ledger, "a", attempts)).toMatchObject({
    code: "UNKNOWN_MODEL",
    details: { model: "nobody/knows" },
  });
  expect(usage(ledger)).toMatchObject({ held_nano: "300000", totals: { calls: 0 } });
});

test("one provider response reported as two attempts is charged once; with other figures it is a mismatch", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  reserve(ledger, ask("b"));
  const twice = (output: number) => [
    attempt({ input: 10, output: 5 }, { response_id: "resp_1" }),
    attempt({ input: 10, output }, { attempt: 1, response_id: "resp_1" }),
  ];
  expect(settle(ledger, "a", twice(5))).toMatchObject({ ok: true, cost_nano: 3_000n });
  expect(settle(ledger, "b", twice(6))).toMatchObject({ code: "IDEMPOTENCY_MISMATCH" });
});

test("an empty response id is no id: two attempts without one are two charges", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  const attempts = [
    attempt({ input: 10 }, { response_id: "" }),
    attempt({ input: 10 }, { attempt: 1, response_id: "" }),
  ];
  expect(settle(ledger, "a", attempts)).toMatchObject({ cost_nano: 2_000n });
});

test("an overrun is recorded at its true cost and drawn from what else there is", () => {
  const ledger = ledgerWith(1_000_000n);
  reserve(ledger, ask("a"));
  expect(settle(ledger, "a", [attempt({ input: 1_000, output: 1_500 })])).toMatchObject({
    cost_nano: 700_000n,
    balance_nano: 300_000n,
  });
});

test("an overrun beyond the balance is absorbed: the cost is true, the balance stops at zero", () => {
  const ledger = ledgerWith(300_000n);
  reserve(ledger, ask("a"));
  expect(settle(ledger, "a", [attempt({ input: 1_000, output: 1_500 })])).toMatchObject({
    cost_nano: 700_000n,
    balance_nano: 0n,
  });
  expect(balances(ledger)).toMatchObject({ absorbed: "-400000", revenue: "700000" });
  expect(selfCheck(ledger).ok).toBe(true);
});

test("an overrun never touches what another call holds", () => {
  const ledger = ledgerWith(600_000n);
  reserve(ledger, ask("a"));
  reserve(ledger, ask("b"));
  settle(ledger, "a", [attempt({ output: 2_000 })]);
  expect(usage(ledger)).toMatchObject({ balance_nano: "300000", held_nano: "300000" });
  expect(settle(ledger, "b", [attempt({ output: 100 })])).toMatchObject({ balance_nano: 260_000n });
});

test("a call is paid from the credit it held, even when one that burns earlier came since", () => {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: 300_000n, key: "paid" });
  reserve(ledger, ask("a"));
  credit(ledger, { kind: "trial", amount_nano: 300_000n, key: "gift" });
  settle(ledger, "a", [attempt({ input: 1_000, output: 750 })]);
  const left = ledger.sql.exec("SELECT credit_key, balance_nano FROM accounts WHERE kind = 'bucket'");
  expect(left.map((row) => [row.credit_key, row.balance_nano])).toEqual([
    ["paid", 0],
    ["gift", 200_000],
  ]);
});

test("a cancelled call leaks no hold: void frees all of it, twice is once", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  expect(voidCall(ledger, "a")).toEqual({ ok: true });
  expect(voidCall(ledger, "a")).toEqual({ ok: true });
  expect(usage(ledger)).toMatchObject({ balance_nano: "1000000", held_nano: "0", totals: { calls: 0 } });
  expect(settle(ledger, "a", [attempt({ input: 1 })])).toMatchObject({ code: "CONFLICT" });
});

test("a settled call can't be voided", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  settle(ledger, "a", [attempt({ input: 1 })]);
  expect(voidCall(ledger, "a")).toMatchObject({ code: "CONFLICT" });
  expect(usage(ledger).balance_nano).toBe("999900");
});

test("a call nobody reserved can't be settled, voided or reported on", () => {
  const ledger = ledgerWith();
  for (const answer of [
    settle(ledger, "x", [attempt({})]),
    voidCall(ledger, "x"),
    checkpoint(ledger, "x", counts()),
  ]) {
    expect(answer).toMatchObject({ ok: false, code: "NOT_FOUND" });
  }
});

test("a call of unknown end settles at its last checkpoint and is trued up when the usage comes", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  checkpoint(ledger, "a", counts({ input: 1_000, output: 40 }));
  const estimate = settle(ledger, "a", []);
  expect(estimate).toMatchObject({ ok: true, cost_nano: 116_000n, rows: [{ source: "estimated" }] });
  expect(settle(ledger, "a", [])).toEqual(estimate);
  expect(settle(ledger, "a", [attempt({ input: 900, output: 60 })])).toMatchObject({
    cost_nano: 114_000n,
    chat_cost_nano: 114_000n,
    balance_nano: 886_000n,
  });
});

test("a settle with nothing used costs nothing and is one call", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  expect(settle(ledger, "a", [attempt({})])).toMatchObject({ cost_nano: 0n, balance_nano: 1_000_000n });
  expect(sessionBill(ledger, "chat_1").totals.calls).toBe(1);
  expect(selfCheck(ledger).ok).toBe(true);
});

function balances(ledger: ReturnType<typeof ledgerUnderTest>) {
  const rows = ledger.sql.exec("SELECT account_id, CAST(balance_nano AS TEXT) AS balance FROM accounts");
  return Object.fromEntries(rows.map((row) => [row.account_id, row.balance]));
}
