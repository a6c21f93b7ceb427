import { expect, test } from "vitest";
import { busyLedger } from "./busy-ledger.ts";

const row = (changes: Record<string, string>) => {
  const values: Record<string, string> = {
    ...{
      call_id: "'open'",
      attempt: "0",
      role: "'charge'",
      at: "1",
      user_id: "'u'",
      chat_id: "'c'",
      run_id: "'r'",
    },
    ...{ workflow: "'w'", agent: "'a'", model: "'m'", price_version: "'1/1/1/1/1'", calls: "1", input: "1" },
    ...{
      cache_read: "0",
      cache_write: "0",
      output: "0",
      reasoning: "0",
      cost_nano: "0",
      source: "'provider'",
    },
    month_at: "(SELECT MAX(start_at) FROM windows WHERE grain = 'month')",
    ...changes,
  };
  return `INSERT INTO usage_rows (${Object.keys(values)}) VALUES (${Object.values(values)})`;
};

test("a row that keeps every rule is taken: the ones below are refused for what they say", () => {
  busyLedger().sql.exec(row({}));
});

test.each([
  ["a bucket under its floor", "UPDATE accounts SET balance_nano = held_nano - 1 WHERE kind = 'bucket'"],
  ["more held than there is", "UPDATE accounts SET held_nano = balance_nano + 1 WHERE kind = 'bucket'"],
  ["less than nothing held", "UPDATE accounts SET held_nano = -1 WHERE account_id = 'revenue'"],
  ["a bucket without a floor", "UPDATE accounts SET floor_nano = NULL WHERE kind = 'bucket'"],
  [
    "a debt above the overdraft",
    "UPDATE accounts SET balance_nano = floor_nano - 1 WHERE account_id = 'overdraft'",
  ],
  ["a second ledger", "INSERT INTO ledger (id, enterprise_id, seq) VALUES (2, 'x', 0)"],
  ["terms that are no JSON", "UPDATE ledger SET terms = '{'"],
  [
    "an entry of nothing",
    "INSERT INTO entries (transfer_id, account_id, amount_nano) VALUES (1, 'expired', 0)",
  ],
  ["a hold of less than nothing", "UPDATE holds SET amount_nano = -1 WHERE call_id = 'open'"],
  ["a hold whose buckets are no JSON", "UPDATE holds SET buckets = '{' WHERE call_id = 'open'"],
  ["a hold that is open and has ended", "UPDATE holds SET ended_at = 5 WHERE call_id = 'open'"],
  ["a hold that has ended at no time", "UPDATE holds SET state = 'void' WHERE call_id = 'open'"],
  ["a hold settled with nothing", "UPDATE holds SET state = 'settled', ended_at = 5 WHERE call_id = 'open'"],
  ["a hold in no known state", "UPDATE holds SET state = 'lost', ended_at = 5 WHERE call_id = 'open'"],
  ["a charge of less than no tokens", row({ input: "-1" })],
  ["a charge of less than nothing", row({ cost_nano: "-1", transfer_id: "1" })],
  ["a charge that counts as two", row({ calls: "2" })],
  ["a reversal that counts as a call", row({ role: "'reversal'" })],
  ["a charge that moved no money", row({ cost_nano: "1" })],
  ["a row of no known role", row({ role: "'gift'" })],
  ["a row from no known source", row({ source: "'guess'" })],
  ["an attempt before the first", row({ attempt: "-1" })],
  ["a window that ends as it starts", "UPDATE windows SET end_at = start_at"],
  ["a window of no known grain", "UPDATE windows SET grain = 'week' WHERE grain = 'day'"],
  ["a lease of less than nothing", "UPDATE leases SET amount_nano = -1"],
  ["a lease that has ended and holds money", "UPDATE leases SET ended_at = 5"],
  ["a lease before the first", "UPDATE leases SET epoch = 0"],
  ["a limit below nothing", "UPDATE limits SET limit_nano = -1"],
  ["an own cap below nothing", "INSERT INTO own_caps (user_id, limit_nano) VALUES ('ann', -1)"],
  ["a sum of no known grain", "UPDATE rollups SET grain = 'week' WHERE grain = 'hour'"],
  ["a sum by nothing known", "UPDATE rollups SET dim = 'planet' WHERE dim = 'chat'"],
])("the database itself refuses %s", (_, statement) => {
  expect(() => busyLedger().sql.exec(statement)).toThrow("CHECK constraint failed");
});

test.each([
  ["the same attempt twice", `${row({})}; `, "UNIQUE"],
  ["a row of no hold", row({ call_id: "'nobody'" }), "FOREIGN KEY"],
  ["a row in a month that is over", row({ month_at: "5" }), "a closed period never changes"],
  ["a hold that is taken away", "DELETE FROM holds", "holds are kept"],
  ["a fraction of money", "UPDATE accounts SET balance_nano = 1.5", "INTEGER"],
])("the database itself refuses %s, too", (_, statement, says) => {
  const { sql } = busyLedger();
  if (says === "UNIQUE") sql.exec(row({}));
  expect(() => sql.exec(statement)).toThrow(says);
});
