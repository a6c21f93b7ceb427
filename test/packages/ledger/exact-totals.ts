import { expect } from "vitest";
import { credit } from "#ledger/credit";
import { reserve } from "#ledger/reserve";
import { selfCheck } from "#ledger/self-check";
import { settle } from "#ledger/settle";
import { usage } from "#ledger/usage";
import { ask, attempt, ledgerUnderTest, ODD_PRICE } from "./ledger-under-test.ts";

/**
 * Up to so many calls, the cheapest there can be: every one is rounded up to a nano of its own.
 * @returns how many there was time for
 */
export function expectExactTotals(most: number, isTimeLeft = () => true): number {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: 10_000_000_000n, key: "pay" });
  let cost = 0n;
  let calls = 0;
  for (; calls < most && isTimeLeft(); calls++) {
    const n = calls;
    const of = {
      chat_id: `chat_${n % 40}`,
      run_id: `run_${n % 997}`,
      user_id: `user_${n % 7}`,
      model: ODD_PRICE.model,
    };
    reserve(ledger, ask(`c${n}`, { ...of, input_upper: 1, max_output: 1 }));
    const tokens = { cache_read: 1 + (n % 3), output: n % 2 };
    settle(ledger, `c${n}`, [attempt(tokens, { model: ODD_PRICE.model })]);
    cost += (BigInt(tokens.cache_read) + BigInt(tokens.output) * 4_999n + 999n) / 1_000n;
    if (n % 1_000 === 0) ledger.pass(61_000);
  }
  const answer = usage(ledger);
  expect(answer.totals).toMatchObject({ calls, cost_nano: String(cost) });
  for (const lines of [answer.by_user, answer.by_model, answer.by_chat, answer.by_workflow]) {
    expect(lines.reduce((sum, line) => sum + BigInt(line.cost_nano), 0n)).toBe(cost);
  }
  expect(BigInt(answer.balance_nano)).toBe(10_000_000_000n - cost);
  expect(selfCheck(ledger).checks.filter((check) => check.violations > 0)).toEqual([]);
  return calls;
}
