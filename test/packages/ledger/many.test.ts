import { expect, test } from "vitest";
import type { LimitScope } from "#ledger/budgets";
import { configure } from "#ledger/configure";
import { credit } from "#ledger/credit";
import { endOverdue } from "#ledger/end-overdue";
import { exchange } from "#ledger/exchange";
import { reserve } from "#ledger/reserve";
import { selfCheck } from "#ledger/self-check";
import { usage } from "#ledger/usage";
import { expectExactTotals } from "./exact-totals.ts";
import { ask, attempt, DIME_PRICE, leaseAsk, ledgerUnderTest, MODEL, WANT } from "./ledger-under-test.ts";
import { randomFrom } from "./oracle/steps.ts";

const VERSION = "100000/25000/100000/400000/400000";

test("of a thousand calls at $0.10 against $5.00 exactly fifty are admitted", () => {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: 5_000_000_000n, key: "pay" });
  const dime = { model: DIME_PRICE.model, max_output: 1_000 };
  const answers = Array.from({ length: 1_000 }, (_, n) => reserve(ledger, ask(`call_${n}`, dime)));
  // What is left after fifty is nothing: not one call more, and none cut short.
  expect(answers.filter((answer) => answer.ok && answer.max_output === 1_000)).toHaveLength(50);
  expect(answers.filter((answer) => !answer.ok && answer.code === "TEMPORARILY_HELD")).toHaveLength(950);
  expect(usage(ledger)).toMatchObject({ balance_nano: "5000000000", held_nano: "5000000000" });
});

test("totals of two thousand tiny charges are the sum of the rows, to the nano", () => {
  expectExactTotals(2_000);
});

const SMALL = 1_500_000n;

test.each([
  ["the wallet", null],
  ["app_month", "app_month"],
  ["user_day", "user_day"],
  ["user_month", "user_month"],
  ["workflow_month", "workflow_month"],
] as [string, LimitScope | null][])(
  "forty chats that lease from a small limit (%s) never overspend it, and every hold ends",
  (_, scope) => {
    const ledger = ledgerUnderTest();
    credit(ledger, { kind: "topup", amount_nano: scope ? 100n * SMALL : SMALL, key: "pay" });
    if (scope) configure(ledger, { limits: { [scope]: SMALL } });
    const random = randomFrom(7);
    const chats = Array.from({ length: 40 }, (_, n) => ({
      id: `chat_${n}`,
      epoch: 0,
      left: 0n,
      until: 0,
      calls: 0,
    }));
    let spent = 0n;
    for (let turn = 0; turn < 500; turn++) {
      const chat = chats[Math.floor(random() * chats.length)]!;
      ledger.pass(Math.floor(random() * 4_000));
      // A lease's holder spends at most what it was given, and no more after its end.
      const output = Math.floor(random() * 50);
      const worth = BigInt(output) * 400n;
      const calls =
        worth <= chat.left && ledger.clock.now() < chat.until && random() < 0.8
          ? [
              {
                ...WANT,
                call_id: `${chat.id}/${chat.calls++}`,
                agent: "helper",
                attempts: [{ ...attempt({ output }), price_version: VERSION }],
              },
            ]
          : [];
      if (calls.length > 0) spent += worth;
      const then =
        random() < 0.7
          ? WANT
          : random() < 0.5
            ? ({ do: "keep", ttl_ms: 60_000 } as const)
            : ({ do: "return" } as const);
      // Whoever wants a lease names it, above all it ever asked for.
      const asked = leaseAsk(then, { chat_id: chat.id, epoch: chat.epoch, calls });
      chat.epoch = asked.epoch;
      const answer = exchange(ledger, asked);
      if (!answer.ok) throw new Error(answer.code);
      chat.left = answer.lease?.amount_nano ?? 0n;
      chat.until = answer.lease?.expires_at ?? 0;
      for (const other of chats) if (!isOpen(ledger, other.id)) other.left = 0n;
      const now = usage(ledger);
      expect(spent + BigInt(now.held_nano)).toBeLessThanOrEqual(SMALL);
      expect(BigInt(now.totals.cost_nano)).toBe(spent);
    }
    expect(spent).toBeGreaterThan(SMALL / 2n);
    ledger.pass(60_000);
    endOverdue(ledger);
    expect(usage(ledger).held_nano).toBe("0");
    expect(selfCheck(ledger).checks.filter((check) => check.violations > 0)).toEqual([]);
  },
);

function isOpen(ledger: ReturnType<typeof ledgerUnderTest>, chatId: string): boolean {
  return (
    ledger.sql.exec("SELECT 1 AS n FROM leases WHERE chat_id = ? AND ended_at IS NULL", chatId).length > 0
  );
}

test("a model of leases has the price it is asked for", () => {
  expect(ledgerUnderTest().prices.priceOf(MODEL, 0)?.price_version).toBe(VERSION);
});
