import { expect, test } from "vitest";
import { analytics } from "#ledger/analytics";
import { choreDue } from "#ledger/chores";
import { configure } from "#ledger/configure";
import { credit } from "#ledger/credit";
import { emptyMemory } from "#ledger/memory";
import { drainOutbox, outboxBatch } from "#ledger/outbox";
import { reserve } from "#ledger/reserve";
import { selfCheck } from "#ledger/self-check";
import { settle } from "#ledger/settle";
import { statement } from "#ledger/statement";
import { usage } from "#ledger/usage";
import { usageOfUser } from "#ledger/usage-of-user";
import { changed, dump } from "./dump.ts";
import { ask, attempt, type LedgerUnderTest, ledgerUnderTest } from "./ledger-under-test.ts";

function richLedger() {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: 900_000_000n, key: "pay" });
  usage(ledger);
  return ledger;
}

let calls = 0;

/** 1,000 nano-USD; up to 1,400 may be set aside for it. */
const call = (call_id: string, user_id: string, workflow: string) =>
  ask(call_id, { user_id, workflow, input_upper: 10, max_output: 1 });

function spend(ledger: LedgerUnderTest, user_id = "ann", workflow = "support") {
  const id = `call_${++calls}`;
  expect(reserve(ledger, call(id, user_id, workflow))).toMatchObject({ ok: true });
  settle(ledger, id, [attempt({ input: 10 })]);
}

/** Sums by window as they stand, without what is not in them yet. */
const inSums = ({ sql }: LedgerUnderTest) =>
  Number(
    sql.exec("SELECT COALESCE(SUM(calls), 0) AS n FROM rollups WHERE grain = 'month' AND dim = 'total'")[0]!
      .n,
  );

test("charges are added to the sums many at a time: when somebody reads, or when they have become many", () => {
  const ledger = richLedger();
  for (let n = 0; n < 20; n++) spend(ledger);
  expect(inSums(ledger)).toBe(0);
  expect(usage(ledger).totals).toMatchObject({ calls: 20, cost_nano: "20000" });
  expect(inSums(ledger)).toBe(20);
  for (let n = 0; n < 31; n++) spend(ledger);
  expect(inSums(ledger)).toBe(20);
  // A row and a transfer each: 64.
  spend(ledger);
  expect(inSums(ledger)).toBe(52);
});

test.each<[string, (ledger: LedgerUnderTest) => unknown, unknown]>([
  ["usage", (ledger) => usage(ledger).by_user, [{ key: "ann", calls: 3 }]],
  ["one person's usage", (ledger) => usageOfUser(ledger, "ann"), { calls: 3 }],
  ["analytics", (ledger) => analytics(ledger), { totals: { calls: 3 } }],
  [
    "a statement",
    (ledger) => statement(ledger),
    { totals: { calls: 3 }, movements: { usage: { amount_nano: "-3000" } } },
  ],
  ["the self-check", (ledger) => selfCheck(ledger), { ok: true }],
])("%s has what was charged just before, also read by another instance", (_, read, expected) => {
  const ledger = richLedger();
  for (let n = 0; n < 3; n++) spend(ledger);
  expect(read({ ...ledger, memory: emptyMemory() })).toMatchObject(expected as object);
});

test.each(["user_day", "user_month", "workflow_month", "app_month"] as const)(
  "I11 a limit (%s) counts what is in no sum yet: the last call that fits is made, the next one is not",
  (scope) => {
    const ledger = richLedger();
    configure(ledger, { limits: { [scope]: 5_400n } });
    spend(ledger);
    usage(ledger);
    spend(ledger, "bob", "other");
    const isOfAll = scope === "app_month";
    for (let n = 0; n < (isOfAll ? 3 : 4); n++) spend(ledger);
    expect(reserve(ledger, call("one more", "ann", "support"))).toMatchObject({
      code: "BUDGET_EXCEEDED",
      details: { scope },
    });
    expect(reserve(ledger, call("another's", "bob", "other"))).toMatchObject({ ok: !isOfAll });
    expect(inSums(ledger)).toBe(1);
  },
);

test("an instance that starts anew counts what is in no sum yet, though no alarm ever comes", () => {
  const ledger = richLedger();
  for (let n = 0; n < 32; n++) spend({ ...ledger, memory: emptyMemory() });
  expect(inSums(ledger)).toBe(32);
});

test("I12 what is in no sum yet is waiting to be passed on, and each user's month has a number of its own", async () => {
  const ledger = richLedger();
  expect(choreDue(ledger, "outbox")).toBeNull();
  for (const user of ["ann", "bob", "cem"]) spend(ledger, user);
  expect(choreDue(ledger, "outbox")).not.toBeNull();
  const sizes: number[] = [];
  await drainOutbox(ledger, async ({ rows }) => void sizes.push(rows.length), { rows: 1, batches: 9 });
  expect(sizes).toEqual([1, 1, 1]);
  expect(choreDue(ledger, "outbox")).toBeNull();
});

test("T36 a row that no sum has is not to be deleted, and what the sums have stays in them", () => {
  const { sql, ...ledger } = richLedger();
  spend({ sql, ...ledger });
  sql.exec("DROP TRIGGER usage_rows_no_delete");
  sql.exec("DROP TRIGGER entries_no_delete");
  sql.exec("PRAGMA foreign_keys = OFF");
  for (const table of ["usage_rows", "entries"])
    expect(() => sql.exec(`DELETE FROM ${table} WHERE transfer_id > 1`)).toThrow("no sum has this row");
  usage({ sql, ...ledger });
  for (const column of ["folded_row_id", "folded_transfer_id"])
    expect(() => sql.exec(`UPDATE ledger SET ${column} = ${column} - 1`)).toThrow("stays in them");
  sql.exec("DELETE FROM usage_rows");
});

test.each(["rollups", "month_lines", "month_moves"])(
  "rollup ahead of the facts: no, what can't be added to %s is added nowhere, and counts all the same",
  (table) => {
    const ledger = richLedger();
    configure(ledger, { limits: { app_month: 300_000n } });
    usage(ledger);
    reserve(ledger, ask("a"));
    settle(ledger, "a", [attempt({ input: 1_000 })]);
    const before = dump(ledger);
    ledger.sql.exec(`CREATE TRIGGER fail BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'no'); END`);
    for (let n = 0; n < 2; n++) expect(() => usage(ledger)).toThrow("no");
    expect(() => outboxBatch(ledger, 10)).toThrow("no");
    ledger.sql.exec("DROP TRIGGER fail");
    expect(changed(before, dump(ledger))).toEqual([]);
    expect(reserve(ledger, ask("b"))).toMatchObject({ ok: false, code: "BUDGET_EXCEEDED" });
    expect(usage(ledger).totals).toMatchObject({ calls: 1, cost_nano: "100000" });
    expect(usage(ledger).totals).toMatchObject({ calls: 1, cost_nano: "100000" });
    expect(selfCheck(ledger)).toMatchObject({ ok: true });
  },
);

test("a read that fails adds nothing, and is not remembered as having added", () => {
  const ledger = richLedger();
  spend(ledger);
  expect(() => usage(ledger, "last month")).toThrow(RangeError);
  expect(inSums(ledger)).toBe(0);
  expect(usage(ledger).totals).toMatchObject({ calls: 1 });
});
