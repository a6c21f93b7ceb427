import { costNano } from "#ledger/cost";
import { type Figures, OFFLINE_PRICE } from "#ledger/price-book";
import type { TokenCounts } from "#ledger/types";
import type { Measured } from "#protocol/api/build";
import type { Plan } from "#protocol/api/plan";
import { usd } from "#protocol/money";

/** Tokens over so many turns. */
export type Used = { turns: number; counts: TokenCounts };

/** Turns of a conversation that somebody has with an app. */
const CONVERSATION_TURNS = 5;

/**
 * What an app took, over the acceptance conversations of a dozen apps in the tests: told before an app has been held a
 * conversation with. A test keeps it true.
 */
export const TYPICAL: Used = {
  turns: 1_000,
  counts: { input: 2_300_000, cache_read: 0, cache_write: 0, output: 42_000, reasoning: 0 },
};

/** The embedded model's, where the operator has no price of their own. */
const OFFLINE = OFFLINE_PRICE.pico;

/** What an app will cost its owner, roughly, at its model's price; the build itself costs them nothing. */
export function estimateOf(figures: Figures = OFFLINE): Plan["estimate"] {
  const { turn_nano, turn_usd, conversation_nano, conversation_usd } = measuredOf(TYPICAL, figures);
  return {
    turn_nano,
    turn_usd,
    conversation_nano,
    conversation_usd,
    conversation_turns: CONVERSATION_TURNS,
    build_nano: "0",
  };
}

/** What turns took on average, and what that costs: one turn, and a conversation. Rounded up. */
export function measuredOf({ turns, counts }: Used, figures: Figures = OFFLINE): Measured {
  const nano = (times: number) => {
    const of = (tokens: number) => Math.ceil((tokens * times) / Math.max(turns, 1));
    const { input, cache_read, cache_write, output, reasoning } = counts;
    return costNano(
      {
        input: of(input),
        cache_read: of(cache_read),
        cache_write: of(cache_write),
        output: of(output),
        reasoning: of(reasoning),
      },
      figures,
    );
  };
  const input = counts.input + counts.cache_read + counts.cache_write;
  const [turn, conversation] = [nano(1), nano(CONVERSATION_TURNS)];
  return {
    turns,
    input_tokens: Math.ceil(input / Math.max(turns, 1)),
    output_tokens: Math.ceil((counts.output + counts.reasoning) / Math.max(turns, 1)),
    turn_nano: String(turn),
    turn_usd: usd(turn),
    conversation_nano: String(conversation),
    conversation_usd: usd(conversation),
  };
}
