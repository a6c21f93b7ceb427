import { test } from "vitest";
import { isTimeLeft } from "#test/support/soak-time";
import { expectExactTotals } from "./exact-totals.ts";

test("totals of up to a million tiny charges are the sum of the rows, to the nano", () => {
  console.log(`${expectExactTotals(1_000_000, isTimeLeft)} charges`);
});
