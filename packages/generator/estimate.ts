import { OFFLINE_PRICE } from "#ledger/price-book";
import type { Plan } from "#protocol/api/plan";
import { usd } from "#protocol/money";

/** What a turn took on average, in tokens, over the conversations of the apps in the planner's tests. */
const TYPICAL_TURN = { input: 1_600n, output: 40n } as const;

/** What one turn of a generated app costs on the embedded model, roughly; building costs its creator nothing. */
export function estimateOf(): Plan["estimate"] {
  const { input, output } = OFFLINE_PRICE.pico;
  const nano = (TYPICAL_TURN.input * input + TYPICAL_TURN.output * output) / 1_000n;
  return { turn_nano: String(nano), turn_usd: usd(nano), build_nano: "0" };
}
