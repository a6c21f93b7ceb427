import { usualTokens } from "./estimate-tokens.ts";
import { type RunState, type Spending, spendingsOf } from "./run-state.ts";

/**
 * Prepares a run that lost its process to go on. A model call that was under way is settled as an estimate from
 * what had been streamed, and asked again as a new call: both were real spend. A panel streams nothing.
 */
export function takeUp(run: RunState, streamed: string): void {
  run.interruptions += 1;
  for (const it of spendingsOf(run)) estimate(it, it === run ? streamed : "");
}

function estimate(it: Spending, streamed: string): void {
  if (!it.calling) return;
  const { call_id, agent, model, input_tokens, shown, spent = [] } = it.calling;
  const counts = {
    input: input_tokens,
    cache_read: 0,
    cache_write: 0,
    // What was heard besides text is in the last checkpoint only.
    output: Math.max(usualTokens(streamed), shown?.counts.output ?? 0),
    reasoning: 0,
  };
  it.calling = null;
  const attempt = 1 + Math.max(-1, ...spent.map((it) => it.attempt));
  it.unsettled = {
    call_id,
    agent,
    attempts: [...spent, { attempt, model, counts, source: "estimated" }],
    shown,
  };
}
