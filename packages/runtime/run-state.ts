import type { Attempt, TokenCounts } from "#ledger/types";

/** A card that waits for the person. `answer` is there once it was given and fits `response_schema`. */
export type Pending = {
  tool_call_id: string;
  kind: "ui" | "approval";
  component: string;
  response_schema: Record<string, unknown>;
  /** Of an approval: what was shown. If it has changed by the time of the answer, the approval is void. */
  shown?: string;
  answer?: unknown;
};

/** What people were told of a call's use while it went on: its end tells the difference. Nano-USD as text. */
export type Shown = { counts: TokenCounts; cost_nano: string };

/** A run as a row: all that must survive its process, beside the transcript. Plain JSON. */
export type RunState = {
  run_id: string;
  /** Where the conversation is: a workflow of the app and one of its agents. */
  workflow: string;
  agent: string;
  steps: number;
  tool_calls: number;
  handoffs: number;
  /** How often the run was taken up again after an interruption. */
  interruptions: number;
  pending: Pending | null;
  /** A model call under way: after a crash it is settled from what was streamed. */
  calling: { call_id: string; model: string; input_tokens: number; shown?: Shown } | null;
  /** A finished call whose usage the ledger may not have yet. Settling is idempotent. */
  unsettled: { call_id: string; attempts: Attempt[]; shown?: Shown | undefined } | null;
  /** The card of each tool that shows progress: a later call brings the same one on. */
  progress?: Record<string, string>;
  /** How long it took, without its waits for a person: to its first piece of text, and so far. */
  times: { first_token_ms: number | null; active_ms: number };
};

export function newRun(runId: string, at: { workflow: string; agent: string }): RunState {
  return {
    run_id: runId,
    workflow: at.workflow,
    agent: at.agent,
    steps: 0,
    tool_calls: 0,
    handoffs: 0,
    interruptions: 0,
    pending: null,
    calling: null,
    unsettled: null,
    times: { first_token_ms: null, active_ms: 0 },
  };
}
