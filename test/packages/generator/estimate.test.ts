import { expect, test } from "vitest";
import { estimateOf, measuredOf, TYPICAL } from "#generator/estimate";
import { filesFrom } from "#generator/files-from";
import { OFFLINE_PRICE } from "#ledger/price-book";
import { usage } from "#ledger/usage";
import { offlineModel } from "#models/offline/offline-model";
import { ACTORS } from "#runtime/actors";
import { runAcceptance } from "#runtime/run-acceptance";
import { nodeMeter } from "#test/support/node-meter";
import { tickingClock } from "#test/support/node-tables";
import { planned } from "#test/support/planned";
import { runDeps } from "#test/support/run-deps";
import { PROMPTS } from "./prompts.ts";

test("the typical turn is what the apps of a dozen prompts take in their own conversations", async () => {
  const took = { turns: 0, input: 0, output: 0 };
  for (const { prompt } of PROMPTS.slice(0, 12)) {
    const files = filesFrom(planned(prompt));
    for (const [workflow, { cases }] of Object.entries(files.acceptance))
      for (const it of cases) {
        const meter = nodeMeter();
        const deps = runDeps(files, offlineModel(), { user: ACTORS.creator, clock: tickingClock(), meter });
        await runAcceptance(it, workflow, deps);
        const { totals } = usage(meter.ledger);
        took.turns += it.steps.length;
        took.input += totals.input_tokens;
        took.output += totals.output_tokens;
      }
  }
  const typical = measuredOf(TYPICAL);
  const within = (a: number, b: number) => Math.abs(a - b) / b;
  expect(within(typical.input_tokens, took.input / took.turns)).toBeLessThan(0.3);
  expect(within(typical.output_tokens, took.output / took.turns)).toBeLessThan(0.3);
}, 60_000);

test("an estimate is at the model's price: of a turn, and of a conversation of five", () => {
  const used = {
    turns: 4,
    counts: { input: 4_000, cache_read: 0, cache_write: 0, output: 200, reasoning: 0 },
  };
  // 1,000 tokens at $0.10 a million and 50 at $0.40.
  expect(measuredOf(used)).toEqual({
    turns: 4,
    input_tokens: 1_000,
    output_tokens: 50,
    turn_nano: "120000",
    turn_usd: "0.00012",
    conversation_nano: "600000",
    conversation_usd: "0.0006",
  });
  const dear = { ...OFFLINE_PRICE.pico, input: 1_000_000n, output: 4_000_000n };
  expect(measuredOf(used, dear).turn_nano).toBe("1200000");
  expect(estimateOf()).toMatchObject({ conversation_turns: 5, build_nano: "0" });
  expect(measuredOf({ turns: 0, counts: { ...used.counts, input: 0, output: 0 } }).turn_nano).toBe("0");
});
