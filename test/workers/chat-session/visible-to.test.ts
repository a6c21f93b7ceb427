import { expect, test } from "vitest";
import type { DownFrame } from "#protocol/frames/down";
import { visibleTo } from "#workers/chat-session/visible-to";

const DELTA = {
  type: "chat.usage_delta",
  schema_version: "v",
  timestamp: "2026-01-01T00:00:00.000Z",
  seq: 3,
  data: {
    run_id: "r",
    agent: "a",
    model: "m",
    input_tokens: 1,
    cached_input_tokens: 0,
    output_tokens: 1,
    reasoning_tokens: 0,
    total_tokens: 2,
    cost_nano: "5",
    cost_usd: "0.000000005",
    chat_cost_nano: "5",
    balance_nano: "9",
    source: "provider",
  },
} satisfies DownFrame;

test("an end user sees tokens, and cost only where the owner shows it; never the balance", () => {
  const hidden = JSON.stringify(visibleTo(DELTA, { cost: false, balance: false }));
  expect(hidden).toContain("total_tokens");
  expect(hidden).not.toMatch(/cost|balance/);
  const shown = JSON.stringify(visibleTo(DELTA, { cost: true, balance: false }));
  expect(shown).toContain("cost_nano");
  expect(shown).not.toContain("balance");
});

test("a member sees all of it", () => {
  expect(visibleTo(DELTA, { cost: true, balance: true })).toBe(DELTA);
});
