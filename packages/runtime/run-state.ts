import type { Attempt, TokenCounts } from "#ledger/types";
import type { Failed } from "./events.ts";
import type { Failing } from "./failing.ts";
import type { Place } from "./find-agent.ts";
import type { ToolCall } from "./transcript.ts";
import type { Vars } from "./vars.ts";

/** A card that waits for the person, or for the team (`by`). `answer` is there once it was given and fits `response_schema`. */
export type Pending = {
  tool_call_id: string;
  kind: "ui" | "approval" | "operator";
  component: string;
  response_schema: Record<string, unknown>;
  /** Of an approval: what was shown. If it has changed by the time of the answer, the approval is void. */
  shown?: string;
  answer?: unknown;
  /** When nobody's answer counts any more, in milliseconds since the epoch. */
  expires_at?: number;
  /** There when the app's team answers, not the person: the call, and what the team is shown. */
  team?: { call: ToolCall; card: Record<string, unknown> };
};

/** What people were told of a call's use while it went on: its end tells the difference. Nano-USD as text. */
export type Shown = { counts: TokenCounts; cost_nano: string };

/**
 * An agent that another one asked by `call`, until it has answered. What is said there is private: entries whose
 * `scope` is the call's id.
 */
export type Asked = Place & { call: ToolCall };

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
  /** The conversation went on while this run waits for the team: see `set-aside.ts`. */
  aside?: boolean;
  /** A tool call that may not happen twice, noted before it is made: taken up again, what came of it is unknown. */
  acting?: string | null;
  /**
   * A model call under way: after a crash it is settled from what was streamed. `agent`: its name in frames. `spent`:
   * what its attempts before this one used.
   */
  calling: {
    call_id: string;
    agent?: string;
    model: string;
    input_tokens: number;
    spent?: Attempt[];
    shown?: Shown;
  } | null;
  /** A finished call whose usage the ledger may not have yet. Settling is idempotent. */
  unsettled: {
    call_id: string;
    agent?: string | undefined;
    attempts: Attempt[];
    shown?: Shown | undefined;
  } | null;
  /** Model calls of a panel that is asked at once, each with its own, by the id of the call that asks. */
  together?: Record<string, Spending>;
  /** The card of each tool that shows progress: a later call brings the same one on. */
  progress?: Record<string, string>;
  /** Models that did not answer in this run: the next step asks them last. */
  passed_over?: string[];
  /** How long it took, without its waits for a person: to its first piece of text, and so far. */
  times: { first_token_ms: number | null; active_ms: number };
  /** What people were told that it used so far, of all models. Nano-USD as text. */
  used?: { input_tokens: number; output_tokens: number; cost_nano: string };
  /** Agents that were asked and have not answered yet, innermost last. */
  stack?: Asked[];
  /** Where the next turn starts: hand-offs move it, automatic steps don't. */
  home?: Place;
  /** Automatic steps so far, and how often each rule was used: `{workflow}/{agent}/{index}`. */
  passes?: number;
  visits?: Record<string, number>;
  /** How often an answer in JSON was asked for again, and what was wrong with it. */
  repairs?: { count: number; problem: string } | null;
  failing?: Failing | null;
  /** How it will end, once its open calls are closed. */
  ending?: Failed;
  /** The chat's variables. They go from run to run. */
  vars?: Vars;
};

/** A model call of a run, under way or to be settled. */
export type Spending = Pick<RunState, "calling" | "unsettled">;

/** The run's own model call, and those of a panel that is asked at once. */
export function spendingsOf(run: RunState): Spending[] {
  return [run, ...Object.values(run.together ?? {})];
}

export function newRun(runId: string, at: Place, vars: Vars = {}): RunState {
  return {
    run_id: runId,
    workflow: at.workflow,
    agent: at.agent,
    steps: 0,
    tool_calls: 0,
    handoffs: 0,
    interruptions: 0,
    pending: null,
    acting: null,
    calling: null,
    unsettled: null,
    times: { first_token_ms: null, active_ms: 0 },
    stack: [],
    home: { workflow: at.workflow, agent: at.agent },
    vars,
  };
}
