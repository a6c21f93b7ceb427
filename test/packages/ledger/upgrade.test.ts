import { beforeAll, expect, test } from "vitest";
import { credit } from "#ledger/credit";
import { LEDGER_STEPS, openLedger } from "#ledger/schema";
import { selfCheck } from "#ledger/self-check";
import { sessionBill } from "#ledger/session-bill";
import { settle } from "#ledger/settle";
import { FIRST } from "#ledger/steps/first";
import { usage } from "#ledger/usage";
import { nodeSql } from "#test/support/sqlite";
import { attempt, type LedgerUnderTest, ledgerUnderTest } from "./ledger-under-test.ts";

/** `input/cache_read/cache_write/output/reasoning` in pico-USD, as a row keeps it. */
const VERSIONS: Record<string, string> = {
  "offline/mozaiks-1": "100000/25000/100000/400000/400000",
  "test/odd": "1001/1/1252/4999/7000",
};

type OldRow = {
  at: number;
  user: string;
  chat: string;
  run: string;
  agent: string;
  model: string;
  cost: bigint;
};
const tokens = (n: number) => [n % 97, (3 * n) % 41, n % 7, (5 * n) % 61, n % 3].map(BigInt);

/** A ledger of the first step only: credits, and calls in several months, one open, one taken back. */
function oldLedger() {
  const ledger: LedgerUnderTest = { ...ledgerUnderTest(), sql: nodeSql() };
  const { sql } = ledger;
  for (const statement of FIRST) sql.exec(statement);
  sql.exec("CREATE TABLE ledger_steps (step INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT");
  sql.exec("INSERT INTO ledger_steps (step, at) VALUES (0, 0)");
  sql.exec("INSERT INTO ledger (id, enterprise_id, seq) VALUES (1, 'ent_test', 77)");
  for (const kind of ["source:trial", "source:topup", "revenue", "expired", "absorbed"]) {
    sql.exec(
      "INSERT INTO accounts (account_id, kind, opened_at) VALUES (?, ?, 0)",
      kind,
      kind.split(":")[0]!,
    );
  }
  const rows: OldRow[] = [];
  let transfers = 0;
  function transfer(kind: string, at: number, legs: [string, bigint][]): number {
    transfers++;
    sql.exec("INSERT INTO transfers (transfer_id, kind, at) VALUES (?, ?, ?)", transfers, kind, at);
    for (const [account, amount] of legs) {
      const leg =
        "INSERT INTO entries (transfer_id, account_id, amount_nano) VALUES (?, ?, CAST(? AS INTEGER))";
      sql.exec(leg, transfers, account, String(amount));
    }
    return transfers;
  }
  function bucket(id: string, kind: string, amount: bigint, at: number, expires: number | null) {
    sql.exec(
      `INSERT INTO accounts (account_id, kind, floor_nano, credit_kind, credit_key, granted_nano, priority, expires_at,
         opened_at) VALUES (?, 'bucket', 0, ?, ?, CAST(? AS INTEGER), 10, ?, ?)`,
      ...[id, kind, `key_${id}`, String(amount), expires, at],
    );
    transfer("credit", at, [
      [`source:${kind}`, -amount],
      [id, amount],
    ]);
  }
  function call(n: number, state: string, role: "charge" | "estimate" | "reversal" | null, at: number) {
    const model = n % 3 === 0 ? "test/odd" : "offline/mozaiks-1";
    const [chat, user, run, agent] = [
      `chat_${n % 4}`,
      `user_${n % 3}`,
      `run_${Math.floor(n / 5)}`,
      `agent_${n % 2}`,
    ];
    const held = state === "open" ? '{"cr_old":"5000"}' : '{"cr_old":"1"}';
    if (role !== "reversal") {
      sql.exec(
        `INSERT INTO holds (call_id, payload, user_id, chat_id, run_id, workflow, agent, model, price_version,
           input_upper, max_output, amount_nano, buckets, checkpoint, opened_at, expires_at, state, ended_at,
           settled_payload) VALUES (?, 'p', ?, ?, ?, 'support', ?, ?, ?, 10, 10, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[
          `c${n}`,
          user,
          chat,
          run,
          agent,
          model,
          VERSIONS[model]!,
          state === "open" ? 5_000 : 1,
          held,
          NONE,
          at,
        ],
        ...[at + 60_000, state, state === "open" ? null : at, state === "settled" ? "[]" : null],
      );
      if (state === "open")
        sql.exec("UPDATE accounts SET held_nano = held_nano + 5000 WHERE account_id = 'cr_old'");
    }
    if (!role) return;
    const sign = role === "reversal" ? -1n : 1n;
    const prices = VERSIONS[model]!.split("/").map(BigInt);
    const pico = tokens(n).reduce((sum, count, at) => sum + count * prices[at]!, 0n);
    const cost = sign * ((pico + 999n) / 1_000n);
    const id =
      cost === 0n
        ? null
        : transfer("usage", at, [
            ["cr_old", -cost],
            ["revenue", cost],
          ]);
    sql.exec(
      `INSERT INTO usage_rows (call_id, attempt, role, at, user_id, chat_id, run_id, workflow, agent, model,
         price_version, calls, input, cache_read, cache_write, output, reasoning, cost_nano, source, transfer_id)
       VALUES (?, 0, ?, ?, ?, ?, ?, 'support', ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS INTEGER), 'provider', ?)`,
      ...[`c${n}`, role, at, user, chat, run, agent, model, VERSIONS[model]!, Number(sign)],
      ...[...tokens(n).map((count) => Number(sign * count)), String(cost), id],
    );
    rows.push({ at, user, chat, run, agent, model, cost });
  }
  const day = 86_400_000;
  const start = Date.parse("2026-08-30T23:59:59.999Z");
  bucket("cr_old", "topup", 9_007_199_254_740_993n, start, null);
  bucket("cr_trial", "trial", 5n, start + 40 * day, start + 300 * day);
  for (let n = 1; n < 300; n++) call(n, "settled", "charge", start + n * Math.floor(day / 4));
  call(300, "void", "estimate", start + 76 * day);
  call(300, "void", "reversal", start + 77 * day);
  call(301, "open", null, ledger.clock.now());
  return { ledger, rows };
}

const NONE = '{"input":0,"cache_read":0,"cache_write":0,"output":0,"reasoning":0}';

const { ledger, rows } = oldLedger();
const balance = 9_007_199_254_740_993n + 5n - rows.reduce((sum, row) => sum + row.cost, 0n);
const sumOf = (of: OldRow[]) => String(of.reduce((sum, row) => sum + row.cost, 0n));

beforeAll(() => openLedger(ledger));

test.each(["2026-08", "2026-09", "2026-10", "2026-11"])(
  "usage of %s is what it was before the upgrade",
  (month) => {
    const own = rows.filter((row) => new Date(row.at).toISOString().startsWith(month));
    const answer = usage(ledger, month);
    expect(own.length).toBeGreaterThan(0);
    expect(answer.totals.cost_nano).toBe(sumOf(own));
    for (const [lines, key] of [
      [answer.by_user, "user"],
      [answer.by_model, "model"],
      [answer.by_chat, "chat"],
    ] as const) {
      const before = [...new Set(own.map((row) => row[key]))].map((name) => [
        name,
        sumOf(own.filter((row) => row[key] === name)),
      ]);
      expect(Object.fromEntries(lines.map((line) => [line.key, line.cost_nano]))).toEqual(
        Object.fromEntries(before),
      );
    }
  },
);

test.each([0, 1, 2, 3])("the bill of chat %i is what it was, with each of its lines", (n) => {
  const own = rows.filter((row) => row.chat === `chat_${n}`);
  const bill = sessionBill(ledger, `chat_${n}`);
  expect(bill.totals.cost_nano).toBe(sumOf(own));
  expect(bill.lines.map((line) => line.cost_nano)).toEqual(own.map((row) => String(row.cost)));
  for (const agent of bill.by_agent)
    expect(agent.cost_nano).toBe(sumOf(own.filter((row) => row.agent === agent.key)));
});

test("the balance and what is held are what they were; the number of the last change does not go back", () => {
  expect(usage(ledger)).toMatchObject({ balance_nano: String(balance), held_nano: "5000" });
  expect(usage(ledger).seq).toBeGreaterThanOrEqual(77);
});

test("each month begins with the balance there was then", () => {
  const months = ledger.sql.exec(
    "SELECT start_at, CAST(opening_nano AS TEXT) AS opening FROM windows WHERE grain = 'month' ORDER BY start_at",
  );
  expect(months).toHaveLength(4);
  for (const { start_at, opening } of months) {
    const spent = rows.filter((row) => row.at < Number(start_at)).reduce((sum, row) => sum + row.cost, 0n);
    const credits = [
      [Date.parse("2026-08-30T23:59:59.999Z"), 9_007_199_254_740_993n],
      [Date.parse("2026-08-30T23:59:59.999Z") + 40 * 86_400_000, 5n],
    ] as const;
    const granted = credits.reduce(
      (sum, [at, amount]) => (monthStart(at) < Number(start_at) ? sum + amount : sum),
      0n,
    );
    expect(BigInt(String(opening))).toBe(granted - spent);
  }
});

function monthStart(at: number): number {
  return Date.parse(`${new Date(at).toISOString().slice(0, 7)}-01T00:00:00Z`);
}

test("nothing stored breaks an invariant, and the tables' steps are all there", () => {
  expect(selfCheck(ledger).checks.filter((check) => check.violations > 0)).toEqual([]);
  openLedger(ledger);
  expect(ledger.sql.exec("SELECT step FROM ledger_steps ORDER BY step").map((row) => row.step)).toEqual([
    ...LEDGER_STEPS.keys(),
  ]);
});

test("it goes on: an old key is known, the open call settles, a new one is booked in this month", () => {
  expect(
    credit(ledger, { kind: "topup", amount_nano: 9_007_199_254_740_993n, key: "key_cr_old" }),
  ).toMatchObject({
    ok: true,
    credit_id: "cr_old",
  });
  expect(credit(ledger, { kind: "topup", amount_nano: 1n, key: "key_cr_old" })).toMatchObject({
    code: "IDEMPOTENCY_MISMATCH",
  });
  const before = BigInt(usage(ledger).totals.cost_nano);
  expect(settle(ledger, "c301", [attempt({ input: 10 })])).toMatchObject({ ok: true, cost_nano: 1_000n });
  expect(BigInt(usage(ledger).totals.cost_nano)).toBe(before + 1_000n);
  expect(usage(ledger).held_nano).toBe("0");
  expect(selfCheck(ledger).checks.filter((check) => check.violations > 0)).toEqual([]);
});
