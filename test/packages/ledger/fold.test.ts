import { expect, test } from "vitest";
import { analytics } from "#ledger/analytics";
import { choreDue } from "#ledger/chores";
import { configure } from "#ledger/configure";
import { credit } from "#ledger/credit";
import { emptyMemory } from "#ledger/memory";
import { drainOutbox } from "#ledger/outbox";
import { reserve } from "#ledger/reserve";
import { selfCheck } from "#ledger/self-check";
import { settle } from "#ledger/settle";
import { statement } from "#ledger/statement";
import { usage } from "#ledger/usage";
import { usageOfUser } from "#ledger/usage-of-user";
import { ask, attempt, type LedgerUnderTest, ledgerUnderTest } from "./ledger-under-test.ts";

function richLedger() {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: 900_000_000n, key: "pay" });
  usage(ledger);
  return ledger;
}

let calls = 0;

/** 1,000 nano-USD. */
function spend(ledger: LedgerUnderTest, user_id = "ann") {
  const call = `call_${++calls}`;
  expect(reserve(ledger, ask(call, { user_id, input_upper: 10, max_output: 1 }))).toMatchObject({ ok: true });
  settle(ledger, call, [attempt({ input: 10 })]);
}

/** Sums by window as they stand, without what is not in them yet. */
const inSums = ({ sql }: LedgerUnderTest) =>
  Number(
    sql.exec("SELECT COALESCE(SUM(calls), 0) AS n FROM rollups WHERE grain = 'month' AND dim = 'total'")[0]!
      .n,
  );

test("charges are added to the sums many at a time: when somebody reads, or when they have become many", () => {
  const ledger = richLedger();
  for (let n = 0; n < 40; n++) spend(ledger);
  expect(inSums(ledger)).toBe(0);
  expect(usage(ledger).totals).toMatchObject({ calls: 40, cost_nano: "40000" });
  expect(inSums(ledger)).toBe(40);
  for (let n = 0; n < 63; n++) spend(ledger);
  expect(inSums(ledger)).toBe(40);
  // A row and a transfer each: 128.
  spend(ledger);
  expect(inSums(ledger)).toBe(104);
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

test("I11 a limit counts what is in no sum yet: the last call that fits is made, the next one is not", () => {
  const ledger = richLedger();
  configure(ledger, { limits: { user_day: 5_400n, app_month: 8_400n } });
  for (let n = 0; n < 3; n++) spend(ledger);
  usage(ledger);
  spend(ledger);
  expect(inSums(ledger)).toBe(3);
  spend(ledger);
  expect(reserve(ledger, ask("6th", { user_id: "ann", input_upper: 10, max_output: 1 }))).toMatchObject({
    code: "BUDGET_EXCEEDED",
    details: { scope: "user_day" },
  });
  for (let n = 0; n < 3; n++) spend(ledger, "bob");
  expect(reserve(ledger, ask("9th", { user_id: "bob", input_upper: 10, max_output: 1 }))).toMatchObject({
    code: "BUDGET_EXCEEDED",
    details: { scope: "app_month" },
  });
  expect(inSums(ledger)).toBe(3);
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

test("a read that fails adds nothing, and is not remembered as having added", () => {
  const ledger = richLedger();
  spend(ledger);
  expect(() => usage(ledger, "last month")).toThrow(RangeError);
  expect(inSums(ledger)).toBe(0);
  expect(usage(ledger).totals).toMatchObject({ calls: 1 });
});
