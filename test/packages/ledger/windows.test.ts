import { expect, test } from "vitest";
import { credit } from "#ledger/credit";
import { reserve } from "#ledger/reserve";
import { settle } from "#ledger/settle";
import { usage } from "#ledger/usage";
import { ask, attempt, ledgerUnderTest, NOON } from "./ledger-under-test.ts";

const DAY = 24 * 3_600_000;

test("a read while the clock can't be right begins no period", () => {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: 1_000_000_000n, key: "pay" });
  reserve(ledger, ask("call"));
  ledger.at(NOON + 100 * DAY);
  usage(ledger);
  ledger.at(NOON + 1_000);
  settle(ledger, "call", [attempt({ input: 5 })]);
  expect(usage(ledger, "2026-11").totals.calls).toBe(1);
  const labels = ledger.sql.exec("SELECT label FROM windows ORDER BY start_at, grain").map((it) => it.label);
  expect(labels).toEqual(["2026-11", "2026-11-15"]);
});
