import { describe, expect, test } from "vitest";
import { isTimeZone, localDate, monthSpan, nextDate, spanAt } from "#ledger/calendar";

const HOUR_MS = 3_600_000;
const at = (iso: string) => Date.parse(iso);
const text = (ms: number) => new Date(ms).toISOString();

test.each([
  ["UTC", "2026-11-15T00:00:00.000Z", "2026-11-16T00:00:00.000Z"],
  ["Europe/Berlin", "2026-11-14T23:00:00.000Z", "2026-11-15T23:00:00.000Z"],
  ["America/Los_Angeles", "2026-11-15T08:00:00.000Z", "2026-11-16T08:00:00.000Z"],
  ["Pacific/Kiritimati", "2026-11-14T10:00:00.000Z", "2026-11-15T10:00:00.000Z"],
  ["Etc/GMT+12", "2026-11-15T12:00:00.000Z", "2026-11-16T12:00:00.000Z"],
  ["Asia/Kathmandu", "2026-11-14T18:15:00.000Z", "2026-11-15T18:15:00.000Z"],
])("a day of %s is its own, not UTC's", (zone, start, end) => {
  const span = spanAt("day", at(start), zone);
  expect([text(span.start), text(span.end), span.label]).toEqual([start, end, "2026-11-15"]);
  expect(spanAt("day", at(end) - 1, zone)).toEqual(span);
  expect(spanAt("day", at(end), zone).label).toBe("2026-11-16");
  expect(spanAt("day", at(start) - 1, zone).label).toBe("2026-11-14");
});

test.each([
  ["Europe/Berlin", "2026-03-29", 23],
  ["Europe/Berlin", "2026-10-25", 25],
  ["America/New_York", "2026-03-08", 23],
  ["America/New_York", "2026-11-01", 25],
  ["Australia/Lord_Howe", "2026-04-05", 24.5],
  ["Australia/Lord_Howe", "2026-10-04", 23.5],
  ["UTC", "2026-03-29", 24],
])("%s has %s for as long as it lasts: %s hours", (zone, date, hours) => {
  const { start, end, label } = spanAt("day", at(`${date}T12:00:00Z`), zone);
  expect([label, (end - start) / HOUR_MS]).toEqual([date, hours]);
});

test.each([
  ["does not exist: the clock goes from 24:00 to 1:00", "Africa/Cairo", "2026-04-24", 23],
  ["does not exist: the clock goes from 24:00 to 1:00", "America/Santiago", "2026-09-06", 23],
  ["exists twice: the clock goes from 1:00 to 0:00", "America/Havana", "2026-11-01", 25],
  ["is passed again: the clock goes from 24:00 to 23:00", "America/Santiago", "2026-04-04", 25],
])("a day whose midnight %s (%s)", (_, zone, date, hours) => {
  const day = spanAt("day", at(`${date}T16:00:00Z`), zone);
  expect([day.label, (day.end - day.start) / HOUR_MS]).toEqual([date, hours]);
  expect(localDate(day.start, zone)).toBe(date);
  expect(localDate(day.start - 1, zone) < date).toBe(true);
});

test("a date that was left out has no moment, and the days around it meet", () => {
  const before = spanAt("day", at("2011-12-30T00:00:00Z"), "Pacific/Apia");
  expect(before.label).toBe("2011-12-29");
  expect(spanAt("day", before.end, "Pacific/Apia").label).toBe("2011-12-31");
});

test.each([
  ["2026-01", 31],
  ["2026-02", 28],
  ["2028-02", 29],
  ["2100-02", 28],
  ["2026-04", 30],
  ["2026-12", 31],
])("month %s has %s days", (month, days) => {
  for (const zone of ["UTC", "Pacific/Kiritimati", "Etc/GMT+12"]) {
    const { start, end } = monthSpan(month, zone);
    expect((end - start) / (24 * HOUR_MS)).toBe(days);
  }
});

test("a leap day is followed by March", () => {
  expect([nextDate("2028-02-28"), nextDate("2028-02-29"), nextDate("2026-02-28")]).toEqual([
    "2028-02-29",
    "2028-03-01",
    "2026-03-01",
  ]);
});

test("a name that is no time zone is none", () => {
  expect(
    ["UTC", "Europe/Berlin", "Mars/Olympus", "", "5", 5 as never, null as never].map(isTimeZone),
  ).toEqual([true, true, false, false, false, false, false]);
});

const ODD_ZONES = [
  ...[
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",
    "America/Havana",
    "Africa/Cairo",
    "Asia/Beirut",
  ],
  ...[
    "Australia/Lord_Howe",
    "America/St_Johns",
    "America/Nuuk",
    "Pacific/Chatham",
    "Asia/Gaza",
    "Africa/Casablanca",
  ],
  ...["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu", "Europe/Dublin", "Atlantic/Azores", "UTC"],
];

describe.each(ODD_ZONES)("the windows of %s", (zone) => {
  test("follow one another for two years: none is empty, none overlaps, none is left out", () => {
    for (const grain of ["month", "day"] as const) {
      let last = spanAt(grain, at("2027-03-01T00:00:00Z"), zone);
      const until = last.end + (grain === "month" ? 730 : 62) * 24 * HOUR_MS;
      while (last.end < until) {
        const next = spanAt(grain, last.end, zone);
        expect(next.start).toBe(last.end);
        expect(next.end).toBeGreaterThan(next.start);
        expect(next.label > last.label).toBe(true);
        last = next;
      }
    }
  });
});
