import { usualTokens } from "./estimate-tokens.ts";
import type { RunState } from "./run-state.ts";

/**
 * Prepares a run that lost its process to go on. A model call that was under way is settled as an estimate from
 * what had been streamed, and asked again as a new call: both were real spend.
 */
export function takeUp(run: RunState, streamed: string): void {
  run.interruptions += 1;
  if (!run.calling) return;
  const { call_id, agent, model, input_tokens, shown, spent = [] } = run.calling;
  const counts = {
    input: input_tokens,
    cache_read: 0,
    cache_write: 0,
    // What was heard besides text is in the last checkpoint only.
    output: Math.max(usualTokens(streamed), shown?.counts.output ?? 0),
    reasoning: 0,
  };
  run.calling = null;
  const attempt = 1 + Math.max(-1, ...spent.map((it) => it.attempt));
  run.unsettled = {
    call_id,
    agent,
    attempts: [...spent, { attempt, model, counts, source: "estimated" }],
    shown,
  };
}
