import { expect, test } from "vitest";
import { analytics } from "#ledger/analytics";
import { checkpoint } from "#ledger/checkpoint";
import { configure } from "#ledger/configure";
import { credit } from "#ledger/credit";
import { exchange } from "#ledger/exchange";
import type { ReportedCall } from "#ledger/lease-types";
import { reserve } from "#ledger/reserve";
import { sessionBill } from "#ledger/session-bill";
import { settle } from "#ledger/settle";
import { usage } from "#ledger/usage";
import { changed, dump } from "./dump.ts";
import {
  ask,
  attempt,
  counts,
  type LedgerUnderTest,
  leaseAsk,
  ledgerUnderTest,
  MODEL,
  ODD_PRICE,
  WANT,
} from "./ledger-under-test.ts";

/**
 * What went wrong in ledgers like this one, each by a test. Two more stand beside what they are about: "price edit
 * reprices the past" and "fallback priced at the first model" in price-book.test.ts.
 */

const VERSION = "100000/25000/100000/400000/400000";

function ledgerWith(amount = 1_000_000n) {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: amount, key: "pay" });
  return ledger;
}

/** Reports calls under the chat's lease of epoch 1. */
function report(ledger: LedgerUnderTest, ...calls: Partial<ReportedCall>[]) {
  const usual = { call_id: "l", agent: "helper", attempts: [reported({ input: 10 })] };
  return exchange(
    ledger,
    leaseAsk(
      { do: "keep", ttl_ms: 60_000 },
      { epoch: 1, calls: calls.map((call) => ({ ...WANT, ...usual, ...call })) },
    ),
  );
}

function reported(...of: Parameters<typeof attempt>) {
  return { ...attempt(...of), price_version: VERSION };
}

test("hold leaked on cancel: no, a cancelled call's hold ends by itself, and so does a forgotten lease", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  exchange(ledger, leaseAsk({ ...WANT }));
  expect(usage(ledger).held_nano).not.toBe("0");
  ledger.pass(60_000);
  expect(usage(ledger).held_nano).toBe("0");
});

test.each([
  [0, "100000"],
  [1, "100400"],
  [50, "120000"],
  [99, "139600"],
])(
  "disconnect loses cost: no, a stream that breaks off at %i % is charged as far as it was heard",
  (output, cost) => {
    const ledger = ledgerWith();
    reserve(ledger, ask("a"));
    checkpoint(ledger, "a", counts({ input: 1_000 }));
    for (let heard = 0; heard <= output; heard += 10)
      checkpoint(ledger, "a", counts({ input: 1_000, output: heard }));
    checkpoint(ledger, "a", counts({ input: 1_000, output }));
    ledger.pass(60_000);
    expect(usage(ledger)).toMatchObject({ held_nano: "0", totals: { cost_nano: cost, calls: 1 } });
  },
);

test.each([[undefined], [""]])(
  "final usage frame missing or with an empty id (%j): no, the call is charged by what was heard, once, and trued up",
  (response_id) => {
    const ledger = ledgerWith();
    reserve(ledger, ask("a"));
    checkpoint(ledger, "a", counts({ input: 1_000, output: 40 }));
    expect(settle(ledger, "a", [])).toMatchObject({ ok: true, cost_nano: 116_000n });
    const truth = [attempt({ input: 900, output: 60 }, { response_id })];
    for (let n = 0; n < 3; n++) expect(settle(ledger, "a", truth)).toMatchObject({ cost_nano: 114_000n });
    expect(usage(ledger).totals).toMatchObject({ calls: 1, cost_nano: "114000" });
  },
);

test("cached tokens charged twice: no, each token is in one class, and the classes sum to the total", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  settle(ledger, "a", [attempt({ input: 100, cache_read: 800, cache_write: 100 })]);
  expect(usage(ledger).totals).toMatchObject({
    input_tokens: 1_000,
    cached_input_tokens: 800,
    total_tokens: 1_000,
    cost_nano: "40000",
  });
});

test("reasoning counted twice: no, it is part of the output that is shown, and priced once", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  settle(ledger, "a", [attempt({ output: 100, reasoning: 400 })]);
  expect(usage(ledger).totals).toMatchObject({
    output_tokens: 500,
    reasoning_tokens: 400,
    total_tokens: 500,
    cost_nano: "200000",
  });
});

test("failed attempt's usage dropped: no, what a provider charged before it failed is charged, leased or not", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  const failed = { input: 1_000 };
  settle(ledger, "a", [attempt(failed), attempt({ input: 1_000, output: 5 }, { attempt: 1 })]);
  expect(sessionBill(ledger, "chat_1").totals).toMatchObject({ calls: 2, cost_nano: "202000" });
  exchange(ledger, leaseAsk({ ...WANT }));
  report(ledger, { attempts: [reported(failed), reported({ input: 1_000, output: 5 }, { attempt: 1 })] });
  expect(sessionBill(ledger, "chat_2").totals).toMatchObject({ calls: 2, cost_nano: "202000" });
});

test("fresh id per emission charges N times: no, one call is one charge however often it is told", () => {
  const ledger = ledgerWith();
  exchange(ledger, leaseAsk({ ...WANT }));
  const emissions = [0, 1, 2].map((n) => reported({ input: 10 }, { attempt: n, response_id: "resp_1" }));
  report(ledger, { attempts: emissions }, { attempts: emissions });
  for (let n = 0; n < 3; n++) report(ledger, { attempts: emissions });
  exchange(ledger, leaseAsk({ ...WANT }, { epoch: 1 }));
  report(ledger, { attempts: emissions });
  expect(usage(ledger).totals).toMatchObject({ calls: 1, cost_nano: "1000" });
});

const WRITES = ["transfers", "entries", "usage_rows", "holds", "leases", "alerts", "chat_sums"];

test.each(WRITES)(
  "key claimed before the write, the write (to %s) fails, the retry says done: no, the retry does it",
  (table) => {
    const ledger = ledgerWith();
    configure(ledger, { limits: { app_month: 2_000n } });
    exchange(ledger, leaseAsk({ ...WANT, input_upper: 10, max_output: 1 }));
    usage(ledger);
    const before = dump(ledger);
    const full = "SELECT RAISE(ABORT, 'the disk is full')";
    const name = ledger.sql.exec("SELECT 1 AS n FROM sqlite_schema WHERE name = ?", table).length;
    expect(name).toBe(1);
    ledger.sql.exec(`CREATE TRIGGER fail_insert BEFORE INSERT ON ${table} BEGIN ${full}; END`);
    expect(() => report(ledger, {})).toThrow("the disk is full");
    ledger.sql.exec("DROP TRIGGER fail_insert");
    expect(changed(before, dump(ledger))).toEqual([]);
    expect(report(ledger, {})).toMatchObject({
      ok: true,
      refused: [],
      bill: { totals: { cost_nano: "1000" } },
    });
  },
);

test("plan edit wipes top-ups: no, another plan adds what is missing and leaves the rest", () => {
  const ledger = ledgerWith(700n);
  credit(ledger, { kind: "plan", amount_nano: 100n, key: "free", period: "2026-11" });
  credit(ledger, { kind: "plan", amount_nano: 500n, key: "pro", period: "2026-11" });
  expect(usage(ledger).balance_nano).toBe("1200");
  credit(ledger, { kind: "plan", amount_nano: 100n, key: "free again", period: "2026-11" });
  expect(usage(ledger).balance_nano).toBe("1200");
});

test("plan hopping collects every plan's grant: no, all grants of a period come to the highest", () => {
  const ledger = ledgerUnderTest();
  const grants = [100n, 500n, 100n, 300n, 500n, 501n];
  for (const [n, amount_nano] of grants.entries()) {
    credit(ledger, {
      kind: "plan",
      amount_nano,
      key: `hop_${n}`,
      period: "2026-11",
      expires_at: ledger.clock.now() + 9,
    });
  }
  expect(usage(ledger).balance_nano).toBe("501");
  ledger.pass(9);
  credit(ledger, { kind: "plan", amount_nano: 501n, key: "after it expired", period: "2026-11" });
  expect(usage(ledger).balance_nano).toBe("0");
  credit(ledger, { kind: "plan", amount_nano: 100n, key: "next", period: "2026-12" });
  expect(usage(ledger).balance_nano).toBe("100");
});

test.each(["wallet", "app_month", "user_day", "chat", "turn"] as const)(
  '"temporarily held" reported as "top up": no, what only other calls hold (of %s) is said to be held',
  (scope) => {
    const ledger = ledgerWith(scope === "wallet" ? 400_000n : 9_000_000n);
    if (scope !== "wallet") configure(ledger, { limits: { [scope]: 400_000n } });
    reserve(ledger, ask("a"));
    expect(reserve(ledger, ask("b"))).toEqual({ ok: false, code: "TEMPORARILY_HELD", details: { scope } });
    settle(ledger, "a", [attempt({ input: 1_000, output: 500 })]);
    const code = scope === "wallet" ? "INSUFFICIENT_BALANCE" : "BUDGET_EXCEEDED";
    expect(reserve(ledger, ask("b"))).toEqual({ ok: false, code, details: { scope } });
  },
);

test("no max_tokens makes an absurd hold: no, a call or a lease that names none is not valid and holds nothing", () => {
  const ledger = ledgerWith();
  for (const max_output of [undefined, null, 0, Number.POSITIVE_INFINITY] as never[]) {
    expect(reserve(ledger, ask("a", { max_output }))).toMatchObject({ code: "BAD_REQUEST" });
    expect(exchange(ledger, leaseAsk({ ...WANT, max_output }))).toMatchObject({ code: "BAD_REQUEST" });
  }
  expect(usage(ledger).held_nano).toBe("0");
});

test("rollup ahead of the facts: no, a row that can't be written leaves no sum, a sum that can't leaves no row", () => {
  const ledger = ledgerWith();
  reserve(ledger, ask("a"));
  usage(ledger);
  const before = dump(ledger);
  for (const table of ["chat_sums", "usage_rows"]) {
    ledger.sql.exec(`CREATE TRIGGER fail AFTER INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'no'); END`);
    expect(() => settle(ledger, "a", [attempt({ input: 1 })])).toThrow("no");
    ledger.sql.exec("DROP TRIGGER fail");
    expect(changed(before, dump(ledger))).toEqual([]);
  }
});

test.each([
  ["Pacific/Kiritimati", "2026-11-15T10:00:00Z"],
  ["Etc/GMT+12", "2026-11-16T12:00:00Z"],
  ["America/New_York", "2026-11-16T05:00:00Z"],
])(
  "window reset late by the time-zone offset: no, a day's limit of %s is new at its own midnight",
  (zone, midnight) => {
    const ledger = ledgerUnderTest();
    ledger.at(Date.parse(midnight) - 600_000);
    credit(ledger, { kind: "topup", amount_nano: 9_000_000n, key: "pay" });
    configure(ledger, { time_zone: zone, limits: { user_day: 300_000n } });
    reserve(ledger, ask("a"));
    settle(ledger, "a", [attempt({ input: 1_000, output: 500 })]);
    ledger.at(Date.parse(midnight) - 1);
    expect(reserve(ledger, ask("b"))).toMatchObject({ code: "BUDGET_EXCEEDED" });
    ledger.at(Date.parse(midnight));
    expect(reserve(ledger, ask("b"))).toMatchObject({ ok: true });
  },
);

test("lines that don't sum to the total: no, whatever the figures are cut by, and whatever was taken back", () => {
  const ledger = ledgerWith(900_000_000n);
  configure(ledger, { terms: { owner_markup_bps: 3_333, shares: [{ account: "author", bps: 1_111 }] } });
  for (let n = 0; n < 60; n++) {
    const model = n % 2 === 0 ? MODEL : ODD_PRICE.model;
    const who = {
      user_id: `u${n % 3}`,
      chat_id: `chat_${n % 5}`,
      workflow: `w${n % 4}`,
      agent: `a${n % 7}`,
      model,
    };
    reserve(ledger, ask(`c${n}`, who));
    if (n % 5 === 0) settle(ledger, `c${n}`, []);
    settle(ledger, `c${n}`, [attempt({ input: n, cache_read: 7 * n, reasoning: 3 }, { model })]);
    ledger.pass(1_800_000);
  }
  const sum = (lines: { cost_nano: string }[]) =>
    lines.reduce((total, line) => total + BigInt(line.cost_nano), 0n);
  const month = usage(ledger);
  const total = BigInt(month.totals.cost_nano);
  expect(total).toBeGreaterThan(0n);
  for (const lines of [month.by_user, month.by_workflow, month.by_model, month.by_chat])
    expect(sum(lines)).toBe(total);
  const days = analytics(ledger, { granularity: "hour" });
  if (!("by_day" in days)) throw new Error("refused");
  for (const lines of [days.by_day, days.by_hour!, days.by_user, days.by_model, days.by_workflow]) {
    expect(sum(lines)).toBe(total);
  }
  const bills = [0, 1, 2, 3, 4].map((n) => sessionBill(ledger, `chat_${n}`));
  for (const bill of bills) {
    for (const lines of [bill.lines, bill.by_agent, bill.by_model, bill.by_user]) {
      expect(sum(lines)).toBe(BigInt(bill.totals.cost_nano));
    }
  }
  expect(sum(bills.map((bill) => bill.totals))).toBe(total);
});

test("one enterprise's key in another's ledger: no, each ledger has its own calls and credits", () => {
  const [one, other] = [ledgerWith(), { ...ledgerWith(), enterprise_id: "ent_other" }];
  reserve(one, ask("a"));
  expect(settle(other, "a", [attempt({ input: 1 })])).toMatchObject({ code: "NOT_FOUND" });
  expect(credit(one, { kind: "topup", amount_nano: 5n, key: "k" })).toMatchObject({
    balance_nano: 1_000_005n,
  });
  expect(credit(other, { kind: "topup", amount_nano: 7n, key: "k" })).toMatchObject({
    balance_nano: 1_000_007n,
  });
});
