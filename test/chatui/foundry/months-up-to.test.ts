import { expect, test } from "vitest";
import { monthsUpTo } from "../../../chatui/src/foundry/months-up-to.ts";

test("months go from the newest to the first, over a year's end, and there is always one", () => {
  expect(monthsUpTo("2026-02", "2025-11")).toEqual(["2026-02", "2026-01", "2025-12", "2025-11"]);
  // An app made on the last evening of a month, where the days are further on.
  expect(monthsUpTo("2026-02", "2026-03")).toEqual(["2026-02"]);
  expect(monthsUpTo("2026-02", "2000-01")).toHaveLength(24);
});
