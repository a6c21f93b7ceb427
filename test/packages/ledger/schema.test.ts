import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { credit } from "#ledger/credit";
import { exchange } from "#ledger/exchange";
import { reserve } from "#ledger/reserve";
import { LEDGER_STEPS, openLedger } from "#ledger/schema";
import { selfCheck } from "#ledger/self-check";
import { settle } from "#ledger/settle";
import { usage } from "#ledger/usage";
import { ask, attempt, leaseAsk, ledgerUnderTest, WANT } from "./ledger-under-test.ts";

function usedLedger() {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "trial", amount_nano: 1_000_000n, key: "trial" });
  reserve(ledger, ask("done"));
  settle(ledger, "done", [attempt({ input: 10 })]);
  reserve(ledger, ask("open"));
  exchange(ledger, leaseAsk({ ...WANT }));
  return ledger;
}

test.each(["transfers", "entries", "usage_rows"])(
  "T36 %s can be added to, never edited or deleted",
  (table) => {
    const { sql } = usedLedger();
    expect(() => sql.exec(`DELETE FROM ${table}`)).toThrow("append-only");
    const column = table === "transfers" ? "at" : table === "entries" ? "amount_nano" : "cost_nano";
    expect(() => sql.exec(`UPDATE ${table} SET ${column} = ${column} + 1`)).toThrow("append-only");
  },
);

test("the database itself refuses a balance under its floor, a negative hold and a fraction", () => {
  const { sql } = usedLedger();
  const set = (text: string) => () => sql.exec(`UPDATE accounts SET ${text} WHERE kind = 'bucket'`);
  expect(set("balance_nano = held_nano - 1")).toThrow("CHECK");
  expect(set("held_nano = balance_nano + 1")).toThrow("CHECK");
  expect(set("held_nano = -1")).toThrow("CHECK");
  expect(set("balance_nano = 1.5")).toThrow("INTEGER");
});

test("a hold that has ended can't be opened again", () => {
  const { sql } = usedLedger();
  expect(() => sql.exec("UPDATE holds SET state = 'open', ended_at = NULL WHERE call_id = 'done'")).toThrow(
    "ended",
  );
});

test("an operation that fails half way leaves nothing", () => {
  const ledger = usedLedger();
  const before = usage(ledger);
  ledger.sql.exec(
    "CREATE TRIGGER fail BEFORE INSERT ON usage_rows BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
  );
  expect(() => settle(ledger, "open", [attempt({ input: 10 })])).toThrow("the disk is full");
  expect(usage(ledger)).toEqual(before);
  ledger.sql.exec("DROP TRIGGER fail");
  expect(settle(ledger, "open", [attempt({ input: 10 })])).toMatchObject({ ok: true });
});

test("opening again keeps everything", () => {
  const ledger = usedLedger();
  const before = usage(ledger);
  openLedger(ledger);
  expect(usage(ledger)).toEqual(before);
});

test("T01 another enterprise can't open this ledger", () => {
  const ledger = usedLedger();
  expect(() => openLedger({ ...ledger, enterprise_id: "ent_other" })).toThrow("another enterprise");
});

test.each([
  ["I1", "INSERT INTO transfers (kind, at, month_at) SELECT 'adjust', 1, MAX(month_at) FROM transfers"],
  ["I2", "UPDATE accounts SET balance_nano = balance_nano + 1 WHERE kind = 'bucket'"],
  ["I4", "UPDATE accounts SET held_nano = held_nano - 1 WHERE kind = 'bucket'"],
  ["I5", "UPDATE holds SET state = 'settled', ended_at = 1, settled_payload = '' WHERE call_id = 'open'"],
  ["I6", "UPDATE usage_rows SET cost_nano = cost_nano + 1"],
  ["I8", "UPDATE accounts SET granted_nano = granted_nano + 1 WHERE kind = 'bucket'"],
  ["I9", "UPDATE usage_rows SET cost_nano = cost_nano + 1"],
  ["I4", "UPDATE leases SET amount_nano = amount_nano + 1"],
  ["I10", "UPDATE windows SET end_at = start_at + 1"],
  ["I11", "UPDATE rollups SET cost_nano = cost_nano + 1 WHERE grain = 'hour'"],
  ["I11", "UPDATE chat_sums SET runs = runs + 1"],
  ["I11", "UPDATE month_lines SET output = output + 1"],
  ["I11", "UPDATE month_moves SET amount_nano = amount_nano + 1 WHERE kind = 'credit'"],
  ["I10", "UPDATE windows SET opening_nano = opening_nano + 1 WHERE grain = 'month'"],
  ["I12", "UPDATE ledger SET outbox_seq = seq + 1"],
  ["I12", "UPDATE rollups SET seq = 0 WHERE grain = 'month'"],
  ["T36", "UPDATE usage_rows SET agent = 'somebody else'"],
  ["T36", "UPDATE usage_rows SET response_id = 'another'"],
  ["T36", "UPDATE usage_chain SET chain = replace(chain, substr(chain, 1, 1), 'x')"],
  ["I13", "UPDATE ledger SET enterprise_id = 'ent_other'"],
])("the self-check sees a broken %s", (id, damage) => {
  const ledger = usedLedger();
  expect(selfCheck(ledger)).toMatchObject({ ok: true });
  ledger.sql.exec("DROP TRIGGER usage_rows_no_update");
  ledger.sql.exec("DROP TRIGGER usage_chain_no_update");
  ledger.sql.exec(damage);
  const answer = selfCheck(ledger);
  expect(answer.ok).toBe(false);
  expect(answer.checks.filter((check) => check.violations > 0).map((check) => check.id)).toContain(id);
});

test("the self-check sees a hold open a minute past its end", () => {
  const ledger = usedLedger();
  ledger.pass(60_000 + 60_001);
  expect(selfCheck(ledger).checks.find((check) => check.id === "I4")).toMatchObject({ violations: 2 });
});

test("the self-check says how much it looked at", () => {
  const checked = Object.fromEntries(
    selfCheck(usedLedger()).checks.map((check) => [check.id, check.checked]),
  );
  expect(checked).toMatchObject({ I1: 2, I3: 2, I5: 2, I6: 1, I13: 1 });
});

test("steps that may have run somewhere are never edited: a change is a new step", () => {
  const digests = LEDGER_STEPS.map((step) =>
    createHash("sha256").update(step.join(";")).digest("hex").slice(0, 16),
  );
  expect(digests).toEqual([
    "49e81dc62ddb02d4",
    "3e2ad4e59aac9784",
    "eb54c9bfe6ceba19",
    "0ac3311a3c439575",
    "1c78972e49c3f41d",
    "ed00179c11532676",
    "d5f9ebd8dbbef54f",
  ]);
});
