import { expect, test } from "vitest";
import { daysOf } from "../../../chatui/src/foundry/days.ts";

const used = {
  key: "2026-03-01",
  input_tokens: 1,
  cached_input_tokens: 0,
  output_tokens: 2,
  reasoning_tokens: 0,
  total_tokens: 3,
  calls: 1,
  cost_nano: "7",
  cost_usd: "0.000000007",
};

test("every day of the range has an entry, zero where nothing was used", () => {
  const range = {
    from: "2026-02-28T00:00:00.000Z",
    to: "2026-03-03T00:00:00.000Z",
    time_zone: "UTC",
    by_day: [used],
  };
  expect(daysOf(range)).toEqual([
    { day: "2026-02-28", totalTokens: 0, costNano: "0" },
    { day: "2026-03-01", totalTokens: 3, costNano: "7" },
    { day: "2026-03-02", totalTokens: 0, costNano: "0" },
  ]);
});

test.each([
  ["east of Greenwich", "Asia/Kolkata", "2026-02-27T18:30:00.000Z", "2026-03-02T18:30:00.000Z"],
  ["west of it", "America/New_York", "2026-02-28T05:00:00.000Z", "2026-03-03T05:00:00.000Z"],
])("days are those of the app's time zone: %s", (_, time_zone, from, to) => {
  const days = daysOf({ from, to, time_zone, by_day: [used] });
  expect(days.map(({ day, totalTokens }) => [day, totalTokens])).toEqual([
    ["2026-02-28", 0],
    ["2026-03-01", 3],
    ["2026-03-02", 0],
  ]);
});

test("days of 23 and 25 hours are days", () => {
  const march = { from: "2026-03-28T23:00:00.000Z", to: "2026-03-30T22:00:00.000Z" };
  const october = { from: "2026-10-24T22:00:00.000Z", to: "2026-10-26T23:00:00.000Z" };
  const days = [march, october].map((range) =>
    daysOf({ ...range, time_zone: "Europe/Berlin", by_day: [] }).map(({ day }) => day),
  );
  expect(days).toEqual([
    ["2026-03-29", "2026-03-30"],
    ["2026-10-25", "2026-10-26"],
  ]);
});
