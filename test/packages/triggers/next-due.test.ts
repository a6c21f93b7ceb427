import { expect, test } from "vitest";
import { nextDue, scheduleProblem } from "#triggers/next-due";

function next(cron: string, zone: string, from: string, count: number): string[] {
  const times: string[] = [];
  for (let at: number | null = Date.parse(from); times.length < count; ) {
    at = nextDue(cron, zone, at!);
    times.push(new Date(at!).toISOString().slice(0, 16));
  }
  return times;
}

test("a schedule keeps to the clock on the wall, also over summer time", () => {
  expect(next("0 9 * * 1-5", "Europe/Berlin", "2026-03-27T00:00:00Z", 3)).toEqual([
    "2026-03-27T08:00",
    "2026-03-30T07:00",
    "2026-03-31T07:00",
  ]);
});

test("a skipped hour's run comes at the hour's end, a doubled hour's run once", () => {
  expect(next("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", 2)).toEqual([
    "2026-03-29T01:00",
    "2026-03-30T00:30",
  ]);
  expect(next("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2)).toEqual([
    "2026-10-25T00:30",
    "2026-10-26T01:30",
  ]);
  expect(next("30 1 * * *", "America/New_York", "2026-11-01T00:00:00Z", 2)).toEqual([
    "2026-11-01T05:30",
    "2026-11-02T06:30",
  ]);
});

test("through a doubled hour a schedule of every half hour misses and doubles nothing", () => {
  expect(next("*/30 * * * *", "Europe/Berlin", "2026-10-24T23:45:00Z", 4)).toEqual([
    "2026-10-25T00:00",
    "2026-10-25T00:30",
    "2026-10-25T01:00",
    "2026-10-25T01:30",
  ]);
});

test.each([
  ["*/5 * * * *", "UTC", null],
  ["0 9 * * 1-5", "Europe/Berlin", null],
  ["0 0 29 2 *", "UTC", null],
  ["*/4 * * * *", "UTC", "at most every five"],
  ["* * * * *", "UTC", "at most every five"],
  ["0,58 * * * *", "UTC", "at most every five"],
  ["0,1 9 1 1 *", "UTC", "at most every five"],
  ["0 9 30 2 *", "UTC", "never comes"],
  ["60 9 * * *", "UTC", "not a schedule"],
  ["0 9 * *", "UTC", "not a schedule"],
  ["0 0 9 * * *", "UTC", "not a schedule"],
  ["every day", "UTC", "not a schedule"],
  ["0 9 * * *", "Mars/Base", "time zone"],
])("%s in %s: %s", (cron, zone, problem) => {
  const found = scheduleProblem(cron, zone);
  if (problem === null) expect(found).toBeNull();
  else expect(found).toContain(problem);
});
