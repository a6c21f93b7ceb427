import { expect, test } from "vitest";
import { analytics } from "#ledger/analytics";
import { configure } from "#ledger/configure";
import { credit } from "#ledger/credit";
import { reserve } from "#ledger/reserve";
import { selfCheck } from "#ledger/self-check";
import { settle } from "#ledger/settle";
import { usage } from "#ledger/usage";
import { ask, attempt, type LedgerUnderTest, ledgerUnderTest } from "./ledger-under-test.ts";

const DAY_MS = 86_400_000;
const at = (iso: string) => Date.parse(iso);

/** A ledger with money whose enterprise lives in a zone, from a moment on. */
function ledgerIn(zone: string, from: string) {
  const ledger = ledgerUnderTest();
  ledger.at(at(from));
  configure(ledger, { time_zone: zone });
  credit(ledger, { kind: "topup", amount_nano: 10_000_000_000n, key: "pay" });
  return ledger;
}

let calls = 0;
/** One call of ten input tokens, 1,000 nano. */
function spendAt(ledger: LedgerUnderTest, moment: number | string) {
  ledger.at(typeof moment === "string" ? at(moment) : moment);
  const id = `call_${++calls}`;
  expect(reserve(ledger, ask(id))).toMatchObject({ ok: true });
  expect(settle(ledger, id, [attempt({ input: 10 })])).toMatchObject({ ok: true });
}

function windows(ledger: LedgerUnderTest, grain: "day" | "month") {
  return ledger.sql
    .exec("SELECT start_at, end_at, label FROM windows WHERE grain = ? ORDER BY start_at", grain)
    .map((row) => ({ start: Number(row.start_at), end: Number(row.end_at), label: String(row.label) }));
}

function expectSound(ledger: LedgerUnderTest) {
  for (const grain of ["day", "month"] as const) {
    const all = windows(ledger, grain);
    for (const [n, { start, end, label }] of all.entries()) {
      expect(end).toBeGreaterThan(start);
      if (n > 0) expect(start).toBeGreaterThanOrEqual(all[n - 1]!.end);
      if (n > 0) expect(label >= all[n - 1]!.label).toBe(true);
    }
  }
  expect(selfCheck(ledger).checks.filter((check) => check.violations > 0)).toEqual([]);
}

test.each([
  ["Pacific/Kiritimati", "2026-11-30T09:59:59.999Z", "2026-11-30T10:00:00.000Z"],
  ["Etc/GMT+12", "2026-12-01T11:59:59.999Z", "2026-12-01T12:00:00.000Z"],
  ["Europe/Berlin", "2026-11-30T22:59:59.999Z", "2026-11-30T23:00:00.000Z"],
  ["UTC", "2026-11-30T23:59:59.999Z", "2026-12-01T00:00:00.000Z"],
])("a month in %s ends at its own midnight, to the millisecond", (zone, last, first) => {
  const ledger = ledgerIn(zone, "2026-11-15T12:00:00Z");
  spendAt(ledger, last);
  spendAt(ledger, first);
  expect(["2026-11", "2026-12"].map((month) => usage(ledger, month).totals.calls)).toEqual([1, 1]);
  expect(usage(ledger, "2026-12").period.start).toBe(first);
});

test("hours, days and months of a year with both changes of the clock add up", () => {
  const ledger = ledgerIn("Europe/Berlin", "2026-01-10T00:00:00Z");
  for (let day = 0; day < 365; day += 3) spendAt(ledger, at("2026-01-10T23:30:00Z") + day * DAY_MS);
  const answer = analytics(ledger, { from: "2026-01-01", to: "2027-02-01", granularity: "month" });
  expect(answer).toMatchObject({ totals: { calls: 122 } });
  expect("by_month" in answer && answer.by_month!.reduce((sum, line) => sum + line.calls, 0)).toBe(122);
  expect(windows(ledger, "month")).toHaveLength(13);
  expectSound(ledger);
});

test.each([
  ["east, by a day and more", "Etc/GMT+12", "Pacific/Kiritimati"],
  ["west, by a day and more", "Pacific/Kiritimati", "Etc/GMT+12"],
  ["west", "Europe/Berlin", "America/Los_Angeles"],
  ["east", "America/Los_Angeles", "Asia/Tokyo"],
])("an enterprise that moves %s has no window twice, none reopened and none empty", (_, from, to) => {
  for (const moved of ["2026-11-15T12:00:00Z", "2026-11-30T09:00:00Z", "2026-12-01T10:30:00Z"]) {
    const ledger = ledgerIn(from, "2026-11-01T12:00:00Z");
    for (let hour = 0; hour < 40 * 24; hour += 5) {
      spendAt(ledger, at("2026-11-01T12:00:00Z") + hour * 3_600_000);
      if (ledger.clock.now() > at(moved)) configure(ledger, { time_zone: to });
    }
    expectSound(ledger);
    const answer = analytics(ledger, { from: "2026-10-01", to: "2027-01-01" });
    expect(answer).toMatchObject({ totals: { calls: 192 } });
    const months = ["2026-10", "2026-11", "2026-12"].map((month) => usage(ledger, month).totals.calls);
    expect(months.reduce((sum, n) => sum + n)).toBe(192);
  }
});

test("each day's figures are its own where a zone was left for one a day behind", () => {
  const ledger = ledgerIn("Pacific/Kiritimati", "2026-11-29T00:00:00Z");
  const moments = ["2026-11-29T09:00:00Z", "2026-11-29T11:00:00Z"];
  for (const moment of moments) spendAt(ledger, moment);
  configure(ledger, { time_zone: "Etc/GMT+12" });
  for (let hour = 0; hour < 48; hour++) spendAt(ledger, at("2026-11-30T10:30:00Z") + hour * 3_600_000);
  const days = windows(ledger, "day").map(({ label }) => label);
  for (const day of new Set(days)) {
    const next = new Date(at(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
    const answer = analytics(ledger, { from: day, to: next });
    if (!("totals" in answer)) throw new Error("refused");
    expect(answer.by_day.reduce((sum, line) => sum + line.calls, 0)).toBe(answer.totals.calls);
  }
  expectSound(ledger);
});

test("a clock that is behind by a little opens no closed window again", () => {
  const ledger = ledgerIn("UTC", "2026-11-30T23:00:00Z");
  spendAt(ledger, "2026-11-30T23:59:50Z");
  spendAt(ledger, "2026-12-01T00:00:05Z");
  const november = usage(ledger, "2026-11").totals;
  spendAt(ledger, "2026-11-30T23:59:55Z");
  expect(usage(ledger, "2026-11").totals).toEqual(november);
  expect(usage(ledger, "2026-12").totals.calls).toBe(2);
  expectSound(ledger);
});

test("a month begins with the balance there was then", () => {
  const ledger = ledgerIn("UTC", "2026-11-15T00:00:00Z");
  spendAt(ledger, "2026-11-20T00:00:00Z");
  spendAt(ledger, "2026-12-20T00:00:00Z");
  const opening = ledger.sql.exec(
    "SELECT label, CAST(opening_nano AS TEXT) AS n FROM windows WHERE grain = 'month' ORDER BY start_at",
  );
  expect(opening.map((row) => [row.label, row.n])).toEqual([
    ["2026-11", "0"],
    ["2026-12", "9999999000"],
  ]);
});
