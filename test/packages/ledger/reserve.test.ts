import { describe, expect, test } from "vitest";
import { credit } from "#ledger/credit";
import { reserve } from "#ledger/reserve";
import { settle } from "#ledger/settle";
import { usage } from "#ledger/usage";
import { voidCall } from "#ledger/void-call";
import { ask, attempt, ledgerUnderTest } from "./ledger-under-test.ts";

/** 1,000 × 100 + 500 × 400 nano: the worst case of the usual ask. */
const HOLD = 300_000n;

function ledgerWith(amount: bigint) {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "trial", amount_nano: amount, key: "trial" });
  return ledger;
}

test("a reserve holds the worst case and leaves the balance", () => {
  const ledger = ledgerWith(1_000_000n);
  expect(reserve(ledger, ask("a"))).toEqual({
    ok: true,
    max_output: 500,
    price_version: "100000/25000/100000/400000/400000",
  });
  expect(usage(ledger)).toMatchObject({ balance_nano: "1000000", held_nano: "300000" });
});

test("a balance for seven runs exactly seven of a hundred calls", () => {
  const ledger = ledgerWith(7n * HOLD);
  const answers = Array.from({ length: 100 }, (_, n) => reserve(ledger, ask(`call_${n}`)));
  expect(answers.filter((answer) => answer.ok)).toHaveLength(7);
});

test("money that is only held is said to be held, not gone", () => {
  const ledger = ledgerWith(HOLD);
  reserve(ledger, ask("a"));
  expect(reserve(ledger, ask("b"))).toMatchObject({ ok: false, code: "TEMPORARILY_HELD" });
  voidCall(ledger, "a");
  expect(reserve(ledger, ask("b"))).toMatchObject({ ok: true });
});

test("money that is spent is said to be gone, and the refusal does not show the owner's figures", () => {
  const ledger = ledgerWith(HOLD);
  reserve(ledger, ask("a"));
  settle(ledger, "a", [attempt({ input: 1_000, output: 500 })]);
  expect(reserve(ledger, ask("b"))).toEqual({
    ok: false,
    code: "INSUFFICIENT_BALANCE",
    details: { scope: "wallet" },
  });
});

test("where all of the output is too dear, a useful part is granted and only that is held", () => {
  const ledger = ledgerWith(HOLD - 1n);
  expect(reserve(ledger, ask("a"))).toMatchObject({ ok: true, max_output: 499 });
  expect(usage(ledger).held_nano).toBe("299600");
});

test("an output too short to be of use is refused", () => {
  const ledger = ledgerWith(100_000n + 255n * 400n);
  expect(reserve(ledger, ask("a"))).toMatchObject({ ok: false, code: "INSUFFICIENT_BALANCE" });
  expect(reserve(ledger, ask("b", { max_output: 255 }))).toMatchObject({ ok: true, max_output: 255 });
});

test("a model without a price is refused, never free", () => {
  expect(reserve(ledgerWith(HOLD), ask("a", { model: "nobody/knows" }))).toEqual({
    ok: false,
    code: "UNKNOWN_MODEL",
    details: { model: "nobody/knows" },
  });
});

describe("a repeated reserve", () => {
  test("gives the same answer and holds once", () => {
    const ledger = ledgerWith(HOLD + 1n);
    const first = reserve(ledger, ask("a"));
    expect(reserve(ledger, ask("a"))).toEqual(first);
    expect(usage(ledger).held_nano).toBe(String(HOLD));
  });

  test("with another payload is a mismatch without effect", () => {
    const ledger = ledgerWith(10n * HOLD);
    reserve(ledger, ask("a"));
    expect(reserve(ledger, ask("a", { max_output: 501 }))).toMatchObject({ code: "IDEMPOTENCY_MISMATCH" });
    expect(reserve(ledger, ask("a", { user_id: "user_2" }))).toMatchObject({ code: "IDEMPOTENCY_MISMATCH" });
    expect(usage(ledger).held_nano).toBe(String(HOLD));
  });

  test("of a call that has ended opens nothing", () => {
    const ledger = ledgerWith(10n * HOLD);
    reserve(ledger, ask("a"));
    settle(ledger, "a", [attempt({ output: 1 })]);
    expect(reserve(ledger, ask("a"))).toMatchObject({ code: "CONFLICT" });
    expect(usage(ledger).held_nano).toBe("0");
  });

  test("that was refused for money may succeed later", () => {
    const ledger = ledgerWith(1n);
    expect(reserve(ledger, ask("a"))).toMatchObject({ ok: false });
    credit(ledger, { kind: "topup", amount_nano: HOLD, key: "top" });
    expect(reserve(ledger, ask("a"))).toMatchObject({ ok: true });
  });
});

test.each([
  ["input_upper", -1],
  ["input_upper", 1.5],
  ["input_upper", Number.NaN],
  ["input_upper", 1e18],
  ["max_output", 0],
  ["max_output", -5],
  ["max_output", Number.POSITIVE_INFINITY],
  ["max_output", 1e9],
  ["ttl_ms", 0],
  ["ttl_ms", Number.NaN],
  ["ttl_ms", 1e12],
  ["call_id", ""],
  ["user_id", "x".repeat(513)],
])("an ask with %s = %s is not valid and holds nothing", (field, value) => {
  const ledger = ledgerWith(HOLD);
  expect(reserve(ledger, ask("a", { [field]: value }))).toMatchObject({ ok: false, code: "BAD_REQUEST" });
  expect(usage(ledger).held_nano).toBe("0");
});

test("an ask without max_output is not valid: it would hold everything", () => {
  const { max_output: _, ...rest } = ask("a");
  expect(reserve(ledgerWith(HOLD), rest as never)).toMatchObject({ code: "BAD_REQUEST" });
});
