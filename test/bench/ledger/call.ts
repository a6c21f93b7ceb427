import { OFFLINE_PRICE } from "#ledger/price-book";
import type { Attempt, ReserveAsk } from "#ledger/types";

/** The call that everybody here meters: a model that answers 20 tokens with 100. */
export const INPUT_TOKENS = 20;
export const OUTPUT_TOKENS = 100;

export function ask(who: { chat_id: string; user_id: string }, runId: string): ReserveAsk {
  return {
    ...who,
    call_id: `${runId}/0/0`,
    run_id: runId,
    workflow: "bench",
    agent: "talker",
    model: OFFLINE_PRICE.model,
    input_upper: INPUT_TOKENS,
    max_output: 2_048,
    ttl_ms: 60_000,
  };
}

export const USED: Attempt = {
  attempt: 0,
  model: OFFLINE_PRICE.model,
  counts: { input: INPUT_TOKENS, cache_read: 0, cache_write: 0, output: OUTPUT_TOKENS, reasoning: 0 },
  source: "provider",
};

/** What one such call costs. */
export const COST_NANO = 42_000n;
