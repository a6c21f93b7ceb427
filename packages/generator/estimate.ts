import { costNano } from "#ledger/cost";
import { type Figures, OFFLINE_PRICE } from "#ledger/price-book";
import type { TokenCounts } from "#ledger/types";
import type { Measured } from "#protocol/api/build";
import type { Plan, PlannedParts } from "#protocol/api/plan";
import type { WorkflowFile } from "#protocol/app-file/workflow";
import { usd } from "#protocol/money";
import { filesFrom } from "./files-from.ts";

/** Tokens over so many turns. */
export type Used = { turns: number; counts: TokenCounts };

/** Turns of a conversation that somebody has with an app. */
const CONVERSATION_TURNS = 5;

/**
 * Tokens of one turn, by what a model is shown of an app: rules and what was said before, the agent's own words and
 * tools, and a tool for each colleague that it can hand over to, with what that one says. Fitted to what the apps of
 * thirty prompts took in their acceptance conversations; a test keeps them true.
 */
const TOKENS = { always: 510, perOwnToken: 1.53, perColleague: 360, output: 40 };
const CHARS_A_TOKEN = 4;

/** What a turn with an app of this plan takes, before one was had. */
export function typicalOf(plan: PlannedParts): Used {
  const { workflows } = filesFrom(plan);
  const all = Object.values(workflows);
  const mean = (of: (workflow: WorkflowFile) => number) =>
    all.reduce((sum, it) => sum + of(it), 0) / all.length;
  const own = mean(({ agents, tools }) => JSON.stringify([agents, tools]).length / CHARS_A_TOKEN);
  const colleagues = mean(({ agents }) =>
    Object.values(agents).reduce((sum, { handoffs = [] }) => sum + handoffs.length, 0),
  );
  const input = Math.round(TOKENS.always + TOKENS.perOwnToken * own + TOKENS.perColleague * colleagues);
  return {
    turns: 1,
    counts: { input, cache_read: 0, cache_write: 0, output: TOKENS.output, reasoning: 0 },
  };
}

/** The embedded model's, where the operator has no price of their own. */
const OFFLINE = OFFLINE_PRICE.pico;

/**
 * What an app of this plan will cost its owner, roughly, at its model's price; the build itself costs them nothing.
 * Of an edited plan, ask only once `checkPlan` has found nothing wrong: files are written for it.
 */
export function estimateOf(plan: PlannedParts, figures: Figures = OFFLINE): Plan["estimate"] {
  const { turn_nano, turn_usd, conversation_nano, conversation_usd } = measuredOf(typicalOf(plan), figures);
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
