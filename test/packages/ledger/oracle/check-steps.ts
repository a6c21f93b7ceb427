import { expect } from "vitest";
import { endOverdue } from "#ledger/end-overdue";
import { selfCheck } from "#ledger/self-check";
import { ledgerUnderTest, NOON } from "../ledger-under-test.ts";
import { everythingOf, expectedEverything, expectedFigures, figuresOf } from "./figures.ts";
import { oracle } from "./oracle.ts";
import { answerOf, type Delivery, deliveryOf, expectedOf } from "./play.ts";
import { PRICES, stepsFrom } from "./steps.ts";

type How = { checkEvery: number; reached: (step: number) => void };

/**
 * Does the same to a ledger and to the oracle, and compares every answer and every figure after each step; all that
 * is kept, and the self-check, every so many steps.
 */
export function checkSteps(seeds: readonly number[], { checkEvery, reached }: How): void {
  const ledger = ledgerUnderTest(PRICES);
  const model = oracle(PRICES, NOON);
  const before: Delivery[] = [];
  let [changes, figures] = [-1, ""];
  for (const [n, seed] of seeds.entries()) {
    reached(n);
    for (const step of stepsFrom(seed)) {
      const next = deliveryOf(step, model, before);
      if (!next) continue;
      before.push(next);
      // `expect` costs more than the step: only where they differ.
      const [answer, expected] = [answerOf(ledger, next), expectedOf(model, next)];
      if (answer !== expected) expect(answer, told(n, next)).toBe(expected);
      // Where nothing was written nothing has changed.
      const now = Number(ledger.sql.exec("SELECT total_changes() AS n")[0]!.n);
      if (now !== changes) figures = figuresOf(ledger);
      changes = now;
      const same = expectedFigures(model);
      if (figures !== same) expect(figures, told(n, next)).toBe(same);
    }
    if (n % checkEvery === checkEvery - 1 || n === seeds.length - 1) {
      endOverdue(ledger);
      model.sweep();
      expect(everythingOf(ledger), `after step ${n}`).toEqual(expectedEverything(model));
      const { checks } = selfCheck(ledger);
      expect(
        checks.filter((check) => check.violations > 0),
        `after step ${n}`,
      ).toEqual([]);
    }
  }
}

function told(n: number, step: Delivery): string {
  const text = JSON.stringify(step, (_, value) => (typeof value === "bigint" ? `${value}n` : value));
  return `step ${n}: ${text}`;
}
