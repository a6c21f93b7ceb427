import { expect, test } from "vitest";
import { monthOf } from "../../../chatui/src/foundry/month-of.ts";

test.each([
  ["UTC", "2026-11-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z"],
  ["far east", "2026-10-31T10:00:00.000Z", "2026-11-30T10:00:00.000Z"],
  ["far west", "2026-11-01T11:00:00.000Z", "2026-12-01T11:00:00.000Z"],
])("a period is its month in any time zone: %s", (_, start, end) => {
  expect(monthOf({ start, end })).toBe("2026-11");
});
