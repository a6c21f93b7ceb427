import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { configure } from "#ledger/configure";
import { credit } from "#ledger/credit";
import { LEDGER_LIMITS } from "#ledger/limits";
import { reserve } from "#ledger/reserve";
import { selfCheck } from "#ledger/self-check";
import { settle } from "#ledger/settle";
import { statement } from "#ledger/statement";
import type { ReserveAsk, TokenCounts } from "#ledger/types";
import { usage } from "#ledger/usage";
import { type Statement, statement as statementSchema } from "#protocol/api/statement";
import {
  ask,
  attempt,
  type LedgerUnderTest,
  ledgerUnderTest,
  MODEL,
  ODD_PRICE,
} from "./ledger-under-test.ts";

const at = (iso: string) => Date.parse(iso);

let calls = 0;
function spend(ledger: LedgerUnderTest, tokens: Partial<TokenCounts>, changes: Partial<ReserveAsk> = {}) {
  const id = `call_${++calls}`;
  expect(reserve(ledger, ask(id, changes))).toMatchObject({ ok: true });
  expect(settle(ledger, id, [attempt(tokens, { model: changes.model ?? MODEL })])).toMatchObject({
    ok: true,
  });
}

/** Parsed by the published schema, and added up by it alone. */
function statementOf(ledger: LedgerUnderTest, period: string): Statement {
  const answer = statementSchema.parse(statement(ledger, period));
  expect(answer).toEqual(statement(ledger, period));
  const nano = ({ amount_nano }: { amount_nano: string }) => BigInt(amount_nano);
  const sum = (all: bigint[]) => all.reduce((a, b) => a + b, 0n);
  const { credits, usage, adjustments, absorbed, expired } = answer.movements;
  const moved = sum([...credits, usage, adjustments, absorbed, expired].map(nano));
  expect(nano(answer.opening) + moved).toBe(nano(answer.closing));
  expect(nano(answer.debt.opening) + nano(answer.debt.drawn) - nano(answer.debt.repaid)).toBe(
    nano(answer.debt.closing),
  );
  const cost = BigInt(answer.totals.cost_nano);
  expect(sum(answer.lines.map((line) => BigInt(line.cost_nano)))).toBe(cost);
  expect(-nano(usage) - nano(adjustments)).toBe(cost);
  const users = [...answer.by_user, ...(answer.other_users ? [answer.other_users] : [])];
  expect(sum(users.map((line) => BigInt(line.cost_nano)))).toBe(cost);
  expect(users.reduce((all, line) => all + line.total_tokens, 0)).toBe(answer.totals.total_tokens);
  return answer;
}

function inOctober(): LedgerUnderTest {
  const ledger = ledgerUnderTest();
  ledger.at(at("2026-10-05T00:00:00Z"));
  return ledger;
}

describe("a month's statement", () => {
  test("of an unused ledger is all zeros", () => {
    expect(statementOf(inOctober(), "2026-10")).toMatchObject({
      closed: false,
      opening: { amount_nano: "0", amount_usd: "0" },
      closing: { amount_nano: "0" },
      lines: [],
      by_user: [],
      other_users: null,
    });
  });

  test("says what came in, was used, was corrected, was borne, expired, was owed and paid back", () => {
    const ledger = inOctober();
    credit(ledger, {
      kind: "trial",
      amount_nano: 700_000n,
      key: "t",
      expires_at: at("2026-10-20T00:00:00Z"),
    });
    credit(ledger, { kind: "topup", amount_nano: 300_000n, key: "p1" });
    spend(ledger, { input: 1_000 });
    reserve(ledger, ask("late"));
    ledger.pass(60_000);
    usage(ledger);
    settle(ledger, "late", [attempt({ input: 400 })]);
    ledger.at(at("2026-10-21T00:00:00Z"));
    configure(ledger, { overdraft_nano: 100_000n });
    reserve(ledger, ask("dear", { input_upper: 2_000, max_output: 100 }));
    settle(ledger, "dear", [attempt({ input: 2_000, output: 600 })]);
    expect(statementOf(ledger, "2026-10")).toMatchObject({
      closed: false,
      opening: { amount_nano: "0" },
      movements: {
        credits: [
          { kind: "topup", amount_nano: "300000" },
          { kind: "trial", amount_nano: "700000", amount_usd: "0.0007" },
        ],
        usage: { amount_nano: "-680000" },
        adjustments: { amount_nano: "100000" },
        absorbed: { amount_nano: "40000" },
        expired: { amount_nano: "-560000" },
      },
      closing: { amount_nano: "-100000" },
      debt: { drawn: { amount_nano: "100000" }, repaid: { amount_nano: "0" } },
    });
    ledger.at(at("2026-11-02T00:00:00Z"));
    credit(ledger, { kind: "topup", amount_nano: 500_000n, key: "p2" });
    expect(statementOf(ledger, "2026-11")).toMatchObject({
      opening: { amount_nano: "-100000" },
      debt: {
        opening: { amount_nano: "100000" },
        repaid: { amount_nano: "100000" },
        closing: { amount_nano: "0" },
      },
      closing: { amount_nano: "400000" },
    });
    expect(statementOf(ledger, "2026-10")).toMatchObject({ closed: true, as_of: "2026-11-01T00:00:00.000Z" });
    expect(selfCheck(ledger).ok).toBe(true);
  });

  test("has its use by workflow, model and price version, a line each, and by user", () => {
    const ledger = inOctober();
    credit(ledger, { kind: "topup", amount_nano: 10_000_000_000n, key: "pay" });
    spend(ledger, { input: 1, cache_read: 20, cache_write: 3, output: 40, reasoning: 5 });
    spend(ledger, { input: 9 }, { user_id: "user_2" });
    spend(ledger, { input: 7 }, { workflow: "orders", model: ODD_PRICE.model });
    const { lines, by_user } = statementOf(ledger, "2026-10");
    expect(lines).toMatchObject([
      { workflow: "orders", model: ODD_PRICE.model, price_version: "1001/1/1252/4999/7000", cost_nano: "8" },
      {
        workflow: "support",
        calls: 2,
        tokens: { input: 10, cache_read: 20, cache_write: 3, output: 40, reasoning: 5 },
      },
    ]);
    expect(by_user.map(({ key, calls }) => [key, calls])).toEqual([
      ["user_1", 2],
      ["user_2", 1],
    ]);
  });

  test("I10 of a closed month never changes: what is used or trued up later is in the next", () => {
    const ledger = inOctober();
    credit(ledger, { kind: "topup", amount_nano: 10_000_000_000n, key: "pay" });
    ledger.at(at("2026-10-31T23:59:59.999Z"));
    spend(ledger, { input: 100 });
    reserve(ledger, ask("cut", { ttl_ms: 1 }));
    ledger.at(at("2026-11-01T00:00:00Z"));
    const october = JSON.stringify(statementOf(ledger, "2026-10"));
    expect(statementOf(ledger, "2026-11")).toMatchObject({
      movements: { usage: { amount_nano: "-100000" } },
    });
    settle(ledger, "cut", [attempt({ input: 3 })]);
    spend(ledger, { input: 5 });
    configure(ledger, { time_zone: "Asia/Tokyo" });
    ledger.at(at("2027-02-01T00:00:00Z"));
    expect(JSON.stringify(statementOf(ledger, "2026-10"))).toBe(october);
    expect(statementOf(ledger, "2026-11")).toMatchObject({
      closed: true,
      movements: { usage: { amount_nano: "-100800" }, adjustments: { amount_nano: "100000" } },
    });
  });

  test("joins the two windows of a month in which the time zone was changed", () => {
    const ledger = ledgerUnderTest();
    ledger.at(at("2026-10-31T12:00:00Z"));
    configure(ledger, { time_zone: "Pacific/Kiritimati" });
    ledger.at(at("2026-11-01T00:00:00Z"));
    credit(ledger, { kind: "topup", amount_nano: 1_000_000n, key: "pay" });
    spend(ledger, { input: 10 });
    configure(ledger, { time_zone: "Etc/GMT+12" });
    // November of UTC+14 has ended, that of UTC−12 has another day to go.
    ledger.at(at("2026-11-30T10:00:00Z"));
    spend(ledger, { input: 200 });
    expect(ledger.sql.exec("SELECT 1 FROM windows WHERE label = '2026-11' AND grain = 'month'")).toHaveLength(
      2,
    );
    const open = statementOf(ledger, "2026-11");
    expect(open).toMatchObject({
      closed: false,
      totals: { input_tokens: 210 },
      end: "2026-12-01T12:00:00.000Z",
    });
    expect(open.lines).toHaveLength(1);
    ledger.at(at("2026-12-01T12:00:00Z"));
    spend(ledger, { input: 1 });
    expect(statementOf(ledger, "2026-11")).toEqual({ ...open, closed: true, as_of: open.end });
    expect(statementOf(ledger, "2026-12").opening).toEqual(open.closing);
  });

  test("of a month without use carries the balance over, and stays; one that has not begun is not there", () => {
    const ledger = inOctober();
    credit(ledger, { kind: "topup", amount_nano: 1_000n, key: "pay" });
    ledger.at(at("2027-01-05T00:00:00Z"));
    usage(ledger);
    const december = statementOf(ledger, "2026-12");
    expect(december).toMatchObject({
      closed: true,
      start: "2026-12-01T00:00:00.000Z",
      end: "2027-01-01T00:00:00.000Z",
      opening: { amount_nano: "1000" },
      closing: { amount_nano: "1000" },
    });
    configure(ledger, { time_zone: "Asia/Tokyo" });
    ledger.pass(60 * 24 * 3_600_000);
    expect(statementOf(ledger, "2026-12")).toEqual(december);
    expect(statementOf(ledger, "2026-09")).toMatchObject({ closed: true, closing: { amount_nano: "0" } });
    expect(statement(ledger, "2027-04")).toMatchObject({ ok: false, code: "NOT_FOUND" });
    expect(() => statement(ledger, "2027-13")).toThrow(RangeError);
  });

  test("adds up though it shows only the dearest users", () => {
    const ledger = inOctober();
    credit(ledger, { kind: "topup", amount_nano: 10_000_000_000n, key: "pay" });
    const users = LEDGER_LIMITS.usageMaxLines + 3;
    for (let n = 0; n < users; n++) spend(ledger, { input: 1 + n }, { user_id: `user_${n}` });
    const { by_user, other_users } = statementOf(ledger, "2026-10");
    expect(by_user).toHaveLength(LEDGER_LIMITS.usageMaxLines);
    expect(other_users).toMatchObject({ calls: 3, total_tokens: 1 + 2 + 3 });
  });

  test("adds up whatever happens over the months, each opens as the one before closed, none changes", () => {
    const DAY = 24 * 3_600_000;
    const step = fc.record({
      days: fc.constantFrom(0, 0, 3, 11, 40),
      zone: fc.constantFrom(null, null, "Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kolkata"),
      credit: fc.constantFrom(null, 1n, 200_000n),
      expires: fc.constantFrom(null, 2, 30),
      settles: fc.constantFrom("none", "at once", "late"),
      tokens: fc.constantFrom(0, 1, 999, 5_000),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 30, maxLength: 30 }), (steps) => {
        const ledger = ledgerUnderTest();
        configure(ledger, { overdraft_nano: 50_000n });
        const closed = new Map<string, string>();
        let open: string[] = [];
        for (const [n, it] of steps.entries()) {
          for (let day = 0; day < it.days; day++) {
            ledger.pass(DAY);
            usage(ledger);
          }
          if (it.zone) configure(ledger, { time_zone: it.zone });
          const expires_at = it.expires === null ? null : ledger.clock.now() + it.expires * DAY;
          if (it.credit)
            credit(ledger, { kind: "promotion", amount_nano: it.credit, key: `k${n}`, expires_at });
          if (it.settles !== "none") reserve(ledger, ask(`c${n}`, { user_id: `u${n % 3}`, max_output: 1 }));
          if (it.settles === "at once") settle(ledger, `c${n}`, [attempt({ input: it.tokens })]);
          else open.push(`c${n}`);
          if (n % 5 === 4) {
            for (const call of open) settle(ledger, call, [attempt({ input: it.tokens })]);
            open = [];
          }
          for (const [period, text] of closed) expect(JSON.stringify(statement(ledger, period))).toBe(text);
          const months = ledger.sql.exec(
            "SELECT DISTINCT label FROM windows WHERE grain = 'month' ORDER BY label",
          );
          let closing: string | null = null;
          for (const { label } of months) {
            const month = statementOf(ledger, String(label));
            if (month.closed) closed.set(String(label), JSON.stringify(statement(ledger, String(label))));
            expect(month.opening.amount_nano).toBe(closing ?? month.opening.amount_nano);
            closing = month.closing.amount_nano;
          }
        }
        expect(selfCheck(ledger).checks.filter((check) => check.violations > 0)).toEqual([]);
      }),
      { numRuns: 25, seed: 7 },
    );
  });
});
