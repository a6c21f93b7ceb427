import { expect, test } from "vitest";
import { daysOf } from "../../../chatui/src/foundry/days.ts";

test("every day of the range has an entry, zero where nothing was used", () => {
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
  const range = { from: "2026-02-28T00:00:00.000Z", to: "2026-03-03T00:00:00.000Z", by_day: [used] };
  expect(daysOf(range)).toEqual([
    { day: "2026-02-28", totalTokens: 0, costNano: "0" },
    { day: "2026-03-01", totalTokens: 3, costNano: "7" },
    { day: "2026-03-02", totalTokens: 0, costNano: "0" },
  ]);
});
