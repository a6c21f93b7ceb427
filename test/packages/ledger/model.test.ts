import fc from "fast-check";
import { expect, test } from "vitest";
import { checkpoint } from "#ledger/checkpoint";
import { credit } from "#ledger/credit";
import { endOverdue } from "#ledger/end-overdue";
import { OFFLINE_PRICE } from "#ledger/price-book";
import { reserve } from "#ledger/reserve";
import { selfCheck } from "#ledger/self-check";
import { settle } from "#ledger/settle";
import type { CreditAsk, Refusal, ReserveAsk, TokenCounts } from "#ledger/types";
import { usage } from "#ledger/usage";
import { voidCall } from "#ledger/void-call";
import { type LedgerUnderTest, ledgerUnderTest, NOON, ODD_PRICE } from "./ledger-under-test.ts";
import { oracle } from "./oracle.ts";

/** A soak raises these, e.g. LEDGER_SEEDS=200 LEDGER_OPS=2000, and moves LEDGER_SEED. */
const SEEDS = Number(process.env.LEDGER_SEEDS ?? 200);
const OPS = Number(process.env.LEDGER_OPS ?? 250);
const CHECK_EVERY = 50;

const PRICES = [OFFLINE_PRICE, ODD_PRICE];

type Tokens = { model: string; counts: TokenCounts };
type Step =
  | { do: "credit"; ask: CreditAsk }
  | { do: "reserve"; ask: ReserveAsk }
  | { do: "checkpoint"; call: string; counts: TokenCounts }
  | { do: "settle"; call: string; attempts: Tokens[] }
  | { do: "void"; call: string }
  | { do: "pass"; ms: number };
/** `again` delivers an earlier step once more, as a network does. */
type Delivery = Step | { do: "again"; back: number };

/** Few calls, few keys and few amounts, so that repeats and clashes are common. */
const call = fc.integer({ min: 0, max: Math.ceil(OPS / 10) }).map((n) => `call_${n}`);
const model = fc.constantFrom("offline/mozaiks-1", "offline/mozaiks-1", "test/odd", "nobody/knows");
const few = fc.constantFrom(0, 0, 1, 37, 400, 2_500);
const counts = fc.record({ input: few, cache_read: few, cache_write: few, output: few, reasoning: few });
const step: fc.Arbitrary<Delivery> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("credit" as const),
      ask: fc.record({
        kind: fc.constantFrom("trial" as const, "topup" as const, "promotion" as const),
        amount_nano: fc.constantFrom(1n, 99_999n, 700_001n, 2_000_000n),
        key: fc.integer({ min: 0, max: 12 }).map((n) => `key_${n}`),
        expires_at: fc.constantFrom(null, null, NOON + 40_000, NOON + 300_000),
      }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("reserve" as const),
      ask: fc.record({
        call_id: call,
        user_id: fc.constantFrom("ann", "bob"),
        chat_id: fc.constantFrom("c1", "c2", "c3"),
        run_id: fc.constant("run"),
        workflow: fc.constant("support"),
        agent: fc.constant("helper"),
        model,
        input_upper: fc.constantFrom(0, 10, 1_500),
        max_output: fc.constantFrom(1, 300, 2_000),
        ttl_ms: fc.constantFrom(1, 5_000, 60_000),
      }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("checkpoint" as const), call, counts }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("settle" as const),
      call,
      attempts: fc.array(fc.record({ model, counts }), { maxLength: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("void" as const), call }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("pass" as const), ms: fc.constantFrom(1, 4_999, 30_000) }),
  },
);

test(`every answer and every balance is the oracle's, and every invariant holds: ${SEEDS} seeds of ${OPS} steps`, () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: OPS, maxLength: OPS, size: "max" }), (deliveries) => {
      const ledger = ledgerUnderTest(PRICES);
      const model = oracle(PRICES, NOON);
      for (const [n, next] of stepsOf(deliveries).entries()) {
        expect(real(ledger, next), `answer of step ${n}`).toBe(expected(model, next));
        expect(figures(ledger), `figures after step ${n}`).toEqual(model.figures());
        if (n % CHECK_EVERY === 0) expectInvariants(ledger);
      }
      endOverdue(ledger);
      model.sweep();
      expectInvariants(ledger);
      expectSameUsage(ledger, model.rows());
    }),
    { numRuns: SEEDS, seed: Number(process.env.LEDGER_SEED ?? 20_261_115), endOnFailure: OPS > 1_000 },
  );
}, 600_000);

function stepsOf(deliveries: Delivery[]): Step[] {
  const steps: Step[] = [];
  for (const delivery of deliveries) {
    const step = delivery.do === "again" ? steps[steps.length - delivery.back] : delivery;
    if (step) steps.push(step);
  }
  return steps;
}

function real(ledger: LedgerUnderTest, next: Step): string {
  const codeOr = <T extends { ok: true }>(answer: T | Refusal, text: (answer: T) => string) =>
    answer.ok ? text(answer) : answer.code;
  switch (next.do) {
    case "credit":
      return codeOr(credit(ledger, next.ask), (answer) => `ok ${answer.balance_nano}`);
    case "reserve":
      return codeOr(reserve(ledger, next.ask), (answer) => `ok ${answer.max_output}`);
    case "checkpoint":
      return codeOr(checkpoint(ledger, next.call, next.counts), () => "ok");
    case "settle":
      return codeOr(
        settle(
          ledger,
          next.call,
          next.attempts.map((attempt, n) => ({ ...attempt, attempt: n, source: "provider" as const })),
        ),
        (answer) => `ok ${answer.cost_nano} ${answer.chat_cost_nano} ${answer.balance_nano}`,
      );
    case "void":
      return codeOr(voidCall(ledger, next.call), () => "ok");
    case "pass":
      ledger.pass(next.ms);
      return "ok";
  }
}

function expected(model: ReturnType<typeof oracle>, next: Step): string {
  switch (next.do) {
    case "credit":
      return model.credit(next.ask);
    case "reserve":
      return model.reserve(next.ask);
    case "checkpoint":
      return model.checkpoint(next.call, next.counts);
    case "settle":
      return model.settle(next.call, next.attempts);
    case "void":
      return model.void(next.call);
    case "pass":
      model.pass(next.ms);
      return "ok";
  }
}

/** Straight from the tables, without the sweep that every operation of the ledger begins with. */
function figures(ledger: LedgerUnderTest) {
  const [row] = ledger.sql.exec(
    `SELECT CAST(COALESCE(SUM(balance_nano) FILTER (WHERE kind = 'bucket'), 0) AS TEXT) AS balance,
       CAST(SUM(held_nano) AS TEXT) AS held,
       CAST(SUM(balance_nano) FILTER (WHERE kind = 'revenue') AS TEXT) AS revenue,
       CAST(SUM(balance_nano) FILTER (WHERE kind = 'absorbed') AS TEXT) AS absorbed,
       CAST(SUM(balance_nano) FILTER (WHERE kind = 'expired') AS TEXT) AS expired,
       CAST(SUM(balance_nano) AS TEXT) AS everything FROM accounts`,
  );
  const { everything, ...amounts } = row!;
  expect(everything).toBe("0");
  return Object.fromEntries(Object.entries(amounts).map(([name, text]) => [name, BigInt(text!)]));
}

function expectInvariants(ledger: LedgerUnderTest) {
  const broken = selfCheck(ledger).checks.filter((check) => check.violations > 0);
  // A hold stays open past its end until somebody asks: the next operation ends it. Nothing else may be off.
  expect(broken.filter((check) => check.id !== "I4" || !hasOverdueHold(ledger))).toEqual([]);
}

function hasOverdueHold(ledger: LedgerUnderTest): boolean {
  return (
    ledger.sql.exec("SELECT 1 FROM holds WHERE state = 'open' AND expires_at <= ?", ledger.clock.now())
      .length > 0
  );
}

function expectSameUsage(ledger: LedgerUnderTest, rows: ReturnType<ReturnType<typeof oracle>["rows"]>) {
  const answer = usage(ledger);
  const folds = [
    [answer.by_user, "user"],
    [answer.by_model, "model"],
    [answer.by_chat, "chat"],
  ] as const;
  for (const [lines, key] of folds) {
    const sums = new Map<string, { tokens: number; cost: bigint; calls: number }>();
    for (const row of rows) {
      const sum = sums.get(row[key]) ?? { tokens: 0, cost: 0n, calls: 0 };
      sums.set(row[key], {
        tokens: sum.tokens + row.tokens,
        cost: sum.cost + row.cost,
        calls: sum.calls + row.calls,
      });
    }
    const used = [...sums].filter(([, sum]) => sum.calls !== 0);
    expect(
      new Map(
        lines.map((line) => [
          line.key,
          { tokens: line.total_tokens, cost: BigInt(line.cost_nano), calls: line.calls },
        ]),
      ),
    ).toEqual(new Map(used));
  }
  expect(BigInt(answer.totals.cost_nano)).toBe(rows.reduce((sum, row) => sum + row.cost, 0n));
}
