import { describe, expect, test } from "vitest";
import { analytics } from "#ledger/analytics";
import { choreDue } from "#ledger/chores";
import { credit } from "#ledger/credit";
import { outboxBatch } from "#ledger/outbox";
import { reserve } from "#ledger/reserve";
import { sessionBill } from "#ledger/session-bill";
import { settle } from "#ledger/settle";
import type { ReserveAsk, TokenCounts } from "#ledger/types";
import { usage } from "#ledger/usage";
import { analytics as analyticsSchema } from "#protocol/api/analytics";
import { usage as usageSchema } from "#protocol/api/usage";
import {
  ask,
  attempt,
  type LedgerUnderTest,
  ledgerUnderTest,
  MODEL,
  ODD_PRICE,
} from "./ledger-under-test.ts";

let calls = 0;

function spend(ledger: LedgerUnderTest, tokens: Partial<TokenCounts>, changes: Partial<ReserveAsk> = {}) {
  const id = `call_${++calls}`;
  expect(reserve(ledger, ask(id, changes))).toMatchObject({ ok: true });
  return settle(ledger, id, [attempt(tokens, { model: changes.model ?? MODEL })]);
}

function ledgerWithMoney() {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: 10_000_000_000n, key: "pay" });
  return ledger;
}

describe("usage", () => {
  test("of an unused ledger is all zeros in the documented shape", () => {
    const answer = usage(ledgerUnderTest());
    expect(usageSchema.parse(answer)).toEqual(answer);
    expect(answer.totals).toMatchObject({ total_tokens: 0, calls: 0, cost_nano: "0", cost_usd: "0" });
  });

  test("has cached inside input and reasoning inside output", () => {
    const ledger = ledgerWithMoney();
    spend(ledger, { input: 1, cache_read: 20, cache_write: 300, output: 4_000, reasoning: 50_000 });
    expect(usage(ledger).totals).toMatchObject({
      input_tokens: 321,
      cached_input_tokens: 20,
      output_tokens: 54_000,
      reasoning_tokens: 50_000,
      total_tokens: 54_321,
    });
  });

  test("breaks down by user, workflow, model and chat, and every breakdown sums to the totals", () => {
    const ledger = ledgerWithMoney();
    spend(ledger, { input: 101 }, { user_id: "ann", chat_id: "c1", workflow: "refund-handler" });
    spend(ledger, { input: 7, output: 3 }, { user_id: "ann", chat_id: "c2", model: ODD_PRICE.model });
    spend(ledger, { reasoning: 11 }, { user_id: "bob", chat_id: "c3", model: ODD_PRICE.model });
    const answer = usage(ledger);
    expect(usageSchema.parse(answer)).toEqual(answer);
    expect(answer.by_user.map(({ key, calls }) => [key, calls])).toEqual([
      ["ann", 2],
      ["bob", 1],
    ]);
    for (const lines of [answer.by_user, answer.by_workflow, answer.by_model, answer.by_chat]) {
      expect(lines.reduce((sum, line) => sum + BigInt(line.cost_nano), 0n)).toBe(
        BigInt(answer.totals.cost_nano),
      );
      expect(lines.reduce((sum, line) => sum + line.total_tokens, 0)).toBe(answer.totals.total_tokens);
      expect(lines.reduce((sum, line) => sum + line.calls, 0)).toBe(answer.totals.calls);
    }
  });

  test("of a month holds its first millisecond and not the next month's", () => {
    const ledger = ledgerUnderTest();
    ledger.at(Date.parse("2026-10-01T00:00:00Z"));
    credit(ledger, { kind: "topup", amount_nano: 10_000_000_000n, key: "pay" });
    for (const at of [
      "2026-10-31T23:59:59.999Z",
      "2026-11-01T00:00:00Z",
      "2026-11-30T23:59:59.999Z",
      "2026-12-01T00:00:00Z",
    ]) {
      ledger.at(Date.parse(at));
      spend(ledger, { input: 1 });
    }
    const months = ["2026-10", "2026-11", "2026-12"].map((month) => usage(ledger, month));
    expect(months.map((month) => month.totals.calls)).toEqual([1, 2, 1]);
    expect(months[2]!.period).toEqual({ start: "2026-12-01T00:00:00.000Z", end: "2027-01-01T00:00:00.000Z" });
  });

  test("is this UTC month's by default, and a malformed period throws", () => {
    const ledger = ledgerWithMoney();
    expect(usage(ledger).period.start).toBe("2026-11-01T00:00:00.000Z");
    for (const text of ["2026-13", "2026-1", "", "x"]) expect(() => usage(ledger, text)).toThrow(RangeError);
  });

  test("has a seq that rises with every change and with nothing else", () => {
    const ledger = ledgerWithMoney();
    const seen = [usage(ledger).seq];
    const look = () => seen.push(usage(ledger).seq);
    reserve(ledger, ask("s"));
    look();
    reserve(ledger, ask("s"));
    look();
    settle(ledger, "s", [attempt({ input: 1 })]);
    look();
    settle(ledger, "s", [attempt({ input: 1 })]);
    look();
    expect(seen.map((seq) => seq - seen[0]!)).toEqual([0, 1, 1, 2, 2]);
  });

  test("totals of five hundred tiny charges are the sum of the rows, not of the unrounded prices", () => {
    const ledger = ledgerWithMoney();
    for (let n = 0; n < 500; n++) spend(ledger, { cache_read: 1 }, { model: ODD_PRICE.model });
    expect(usage(ledger).totals).toMatchObject({ calls: 500, cost_nano: "500" });
  });
});

test("reads find the dearest users and chats, and what is to be passed on, by an index and not by sorting all", () => {
  const ledger = ledgerWithMoney();
  spend(ledger, { input: 1 });
  const plans: string[] = [];
  const { exec } = ledger.sql;
  ledger.sql.exec = (query, ...params) => {
    if (/FROM rollups.*(ORDER BY|seq >)/s.test(query)) {
      plans.push(
        exec(`EXPLAIN QUERY PLAN ${query}`, ...params)
          .map((row) => row.detail)
          .join("; "),
      );
    }
    return exec(query, ...params);
  };
  usage(ledger);
  outboxBatch(ledger, 10);
  choreDue(ledger, "outbox");
  expect(plans.filter((plan) => plan.includes("rollups_dearest"))).toHaveLength(2);
  expect(plans.filter((plan) => plan.includes("rollups_outbox"))).toHaveLength(4);
});

describe("analytics", () => {
  test("counts distinct chats, runs and users, by UTC day in order, and leaves unused days out", () => {
    const ledger = ledgerWithMoney();
    spend(ledger, { input: 10 }, { chat_id: "c1", run_id: "r1", user_id: "ann" });
    spend(ledger, { input: 7 }, { chat_id: "c1", run_id: "r2", user_id: "ann" });
    spend(ledger, { input: 3 }, { chat_id: "c1", run_id: "r2", user_id: "ann" });
    ledger.at(Date.parse("2026-11-17T00:00:00Z"));
    spend(ledger, { input: 5 }, { chat_id: "c2", run_id: "r3", user_id: "bob", workflow: "order-tracker" });
    const answer = analytics(ledger);
    expect(analyticsSchema.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({
      chats: 2,
      runs: 3,
      users: 2,
      from: "2026-10-19T00:00:00.000Z",
      to: "2026-11-18T00:00:00.000Z",
      totals: { calls: 4, input_tokens: 25 },
      by_day: [
        { key: "2026-11-15", input_tokens: 20 },
        { key: "2026-11-17", input_tokens: 5 },
      ],
      by_workflow: [{ key: "support" }, { key: "order-tracker" }],
    });
  });

  test("takes `from` in and leaves `to` out", () => {
    const ledger = ledgerWithMoney();
    spend(ledger, { input: 1 });
    expect(analytics(ledger, { from: "2026-11-15", to: "2026-11-16" })).toMatchObject({
      totals: { calls: 1 },
    });
    expect(analytics(ledger, { from: "2026-11-14", to: "2026-11-15" })).toMatchObject({
      totals: { calls: 0 },
    });
  });

  test.each([
    { from: "2026-11-02", to: "2026-11-02" },
    { from: "2026-11-02", to: "2026-11-01" },
    { from: "2020-01-01", to: "2026-01-01" },
    { from: "nonsense" },
  ])("refuses the span %o", (span) => {
    expect(analytics(ledgerUnderTest(), span)).toMatchObject({ ok: false, code: "BAD_REQUEST" });
  });
});

describe("a session's bill", () => {
  test("is exact by model, agent and user, and can be recomputed from its lines alone", () => {
    const ledger = ledgerWithMoney();
    spend(ledger, { input: 10, output: 3 }, { agent: "triage" });
    spend(
      ledger,
      { input: 77, output: 9 },
      { agent: "refunds", user_id: "operator_1", model: ODD_PRICE.model },
    );
    spend(ledger, { input: 5 }, { chat_id: "another" });
    const bill = sessionBill(ledger, "chat_1");
    expect(bill).toMatchObject({ chat_id: "chat_1", final: true, totals: { calls: 2, cost_nano: "2323" } });
    expect(bill.by_agent.map((line) => [line.key, line.cost_nano])).toEqual([
      ["triage", "2200"],
      ["refunds", "123"],
    ]);
    const names = ["input", "cache_read", "cache_write", "output", "reasoning"] as const;
    const recomputed = bill.lines.map(({ price_version, counts }) => {
      const prices = price_version.split("/").map(BigInt);
      const pico = names.reduce((sum, name, n) => sum + BigInt(counts[name]) * prices[n]!, 0n);
      return (pico + 999n) / 1_000n;
    });
    expect(recomputed.reduce((a, b) => a + b)).toBe(BigInt(bill.totals.cost_nano));
  });

  test("says while a call is still open", () => {
    const ledger = ledgerWithMoney();
    reserve(ledger, ask("open"));
    expect(sessionBill(ledger, "chat_1").final).toBe(false);
    expect(sessionBill(ledger, "chat_2")).toMatchObject({ final: true, totals: { calls: 0 }, lines: [] });
  });
});
