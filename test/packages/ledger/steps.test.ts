import { expect, test } from "vitest";
import { credit } from "#ledger/credit";
import { reserve } from "#ledger/reserve";
import { openLedger } from "#ledger/schema";
import { selfCheck } from "#ledger/self-check";
import { settle } from "#ledger/settle";
import { statement } from "#ledger/statement";
import { ARCHIVE } from "#ledger/steps/archive";
import { CHAIN } from "#ledger/steps/chain";
import { ask, attempt, type LedgerUnderTest, ledgerUnderTest, NOON } from "./ledger-under-test.ts";

/** Takes away what a step made, as if it had never run. */
function undo({ sql }: LedgerUnderTest, step: number, statements: readonly string[]) {
  for (const [, kind, name] of statements.flatMap((it) => [
    ...it.matchAll(/CREATE (TRIGGER|INDEX) (\w+)/g),
  ])) {
    // Some have been replaced or taken away since.
    if (!name!.endsWith("_no_delete")) sql.exec(`DROP ${kind} IF EXISTS ${name}`);
  }
  const tables = statements.flatMap((it) => [...it.matchAll(/CREATE TABLE (\w+)/g)].map((match) => match[1]));
  for (const table of tables) sql.exec(`DROP TABLE ${table}`);
  sql.exec("DELETE FROM ledger_steps WHERE step = ?", step);
}

test("the step of statements and archive adds up what was there before it", () => {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "trial", amount_nano: 1_000_000n, key: "trial", expires_at: NOON + 86_400_000 });
  for (const [n, user] of ["ann", "bob", "ann"].entries()) {
    reserve(ledger, ask(`call_${n}`, { user_id: user }));
    settle(ledger, `call_${n}`, [attempt({ input: 10 ** n })]);
  }
  ledger.at(NOON + 20 * 86_400_000);
  const before = [statement(ledger, "2026-11"), statement(ledger, "2026-12")];
  ledger.sql.exec("DELETE FROM ledger_steps WHERE step >= 5");
  for (const trigger of ["usage_rows_folded", "entries_folded", "ledger_folded"])
    ledger.sql.exec(`DROP TRIGGER ${trigger}`);
  for (const column of ["folded_row_id", "folded_transfer_id"])
    ledger.sql.exec(`ALTER TABLE ledger DROP COLUMN ${column}`);
  ledger.sql.exec("CREATE INDEX transfers_by_month ON transfers (month_at)");
  undo(ledger, 4, CHAIN);
  undo(ledger, 3, ARCHIVE);
  openLedger(ledger);
  expect([statement(ledger, "2026-11"), statement(ledger, "2026-12")]).toEqual(before);
  expect(selfCheck(ledger)).toMatchObject({ ok: true });
  const seqs = ledger.sql.exec("SELECT seq FROM rollups WHERE grain = 'month' AND dim = 'user' ORDER BY seq");
  const { seq } = ledger.sql.exec("SELECT seq FROM ledger")[0]!;
  expect(seqs.map((row) => row.seq)).toEqual([Number(seq) - 1, seq]);
});
