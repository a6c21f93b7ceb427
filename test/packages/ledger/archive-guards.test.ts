import { describe, expect, test } from "vitest";
import { archiveAll, broken, exportOf, inJanuary, JANUARY_LEAVES, rowsIn, spend } from "./archiving.ts";
import { MODEL } from "./ledger-under-test.ts";

describe("append-only", () => {
  test("T36 nothing can be deleted that no part of the archive holds, and no part can be changed", () => {
    const ledger = inJanuary();
    spend(ledger);
    ledger.at(JANUARY_LEAVES);
    spend(ledger, { call_id: "kept" });
    archiveAll(ledger);
    for (const table of ["usage_rows", "entries", "transfers", "archive_parts", "archived_calls"]) {
      expect(() => ledger.sql.exec(`DELETE FROM ${table}`), table).toThrow("append-only");
    }
    expect(() => ledger.sql.exec("DELETE FROM holds")).toThrow("kept");
    expect(() => ledger.sql.exec("UPDATE archive_parts SET last_row_id = 99")).toThrow("append-only");
    const copy =
      "SELECT 1, 2, last_transfer_id, month_at, newest_day_at, newest_hour_at, 1, sha256, at, runs, calls, input, cache_read, cache_write, output, reasoning, cost_nano FROM archive_parts";
    expect(() =>
      ledger.sql.exec(
        `INSERT INTO archive_parts (first_row_id, last_row_id, last_transfer_id, month_at, newest_day_at, newest_hour_at, rows, sha256, at, runs, calls, input, cache_read, cache_write, output, reasoning, cost_nano) ${copy}`,
      ),
    ).toThrow("follow");
  });

  test("numbers of rows and transfers that have left are never given again, though nothing newer is left", () => {
    const ledger = inJanuary();
    for (let n = 0; n < 3; n++) spend(ledger);
    ledger.at(JANUARY_LEAVES);
    const files = archiveAll(ledger);
    expect(rowsIn(ledger, "usage_rows")).toBe(0);
    spend(ledger);
    expect(ledger.sql.exec("SELECT row_id, transfer_id FROM usage_rows")).toMatchObject([
      { row_id: 4, transfer_id: 5 },
    ]);
    expect(exportOf(ledger, files, "2027-01").map((row) => row.row_id)).toEqual([1, 2, 3]);
    expect(() => ledger.sql.exec("DELETE FROM usage_rows")).toThrow("append-only");
    expect(broken(ledger)).toEqual([]);
  });
});

test.each([
  "UPDATE archive_parts SET cost_nano = cost_nano + 1",
  "UPDATE archive_parts SET rows = rows + 1",
  "UPDATE archive_parts SET first_row_id = 2, last_row_id = 4",
  "UPDATE archived_runs SET lines = lines + 1",
  "UPDATE archived_entries SET amount_nano = amount_nano + 1 WHERE account_id = 'revenue'",
  "UPDATE rollups SET cost_nano = cost_nano + 1 WHERE grain = 'month' AND dim = 'user'",
  "UPDATE rollups SET output = output + 1 WHERE grain = 'day' AND dim = 'chat'",
  "UPDATE month_lines SET cost_nano = cost_nano + 1",
  "UPDATE chat_sums SET runs = runs + 1",
])("the self-check sees an archive that does not add up: %s", (damage) => {
  const ledger = inJanuary();
  for (let n = 0; n < 3; n++) spend(ledger, { model: MODEL });
  ledger.at(JANUARY_LEAVES);
  archiveAll(ledger);
  expect(broken(ledger)).toEqual([]);
  ledger.sql.exec("DROP TRIGGER archive_parts_no_update");
  ledger.sql.exec(damage);
  expect(broken(ledger).map((check) => check.id)).toContain("A1");
});
