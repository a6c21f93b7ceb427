import type { TokenCounts } from "#ledger/types";
import type { ErrorCode } from "#protocol/errors";
import type { Outcome, ToolCall } from "./transcript.ts";

/** A card for the person, one that only shows (`ui_surface`), or a tool that works by itself (`awaiting: false`). */
export type ShownCall = {
  call: ToolCall;
  interaction: "ui_tool" | "ui_surface" | "auto_tool" | "approval";
  component: string | null;
  awaiting: boolean;
  payload: Record<string, unknown>;
  /** Absent: inline. */
  display?: "inline" | "artifact" | "composer";
};

export type UsageLine = {
  model: string;
  counts: TokenCounts;
  cost_nano: bigint;
  source: "provider" | "checkpoint" | "estimated";
};

/**
 * Everything a run does, in order. The consumer makes each one durable before it asks for the next; all but
 * `text` change the run's row or the transcript. A run ends with `completed`, `paused`, `failed` or `cancelled`.
 */
export type RunEvent =
  | { type: "speaker"; workflow: string; agent: string; title: string }
  | { type: "calling" }
  /** A call that may not happen twice is about to be made. */
  | { type: "acting" }
  | { type: "text"; agent: string; delta: string }
  | {
      type: "step";
      message_id: string;
      agent: string;
      text: string;
      calls: ToolCall[];
      interrupted: boolean;
      scope?: string | undefined;
      /** The provider's own complaint: for the log, never for people. */
      failure: string | null;
      /** Why the provider's own count of tokens is odd: for the log. */
      doubt: string | null;
    }
  /** A model gave no answer and the run goes on: the provider's complaint, for the log. */
  | { type: "model_failed"; failure: string }
  /** It is asked again after this wait: for people, at this moment only. */
  | { type: "model_busy"; retry_in_ms: number }
  | { type: "usage"; agent: string; lines: UsageLine[]; chat_cost_nano: bigint; balance_nano: bigint }
  | { type: "tool_call"; agent: string; shown: ShownCall }
  | { type: "tool_progress"; tool_call_id: string; value: number; max: number; label: string }
  | {
      type: "tool_result";
      agent: string;
      call: ToolCall;
      outcome: Outcome;
      scope?: string | undefined;
      /** What people see of it, where that is less. */
      seen?: Outcome;
      /** It ends a private conversation: the entries whose scope is the call's id are of no more use. */
      closes?: true;
    }
  /** One agent asks another: the first entry of a private conversation. */
  | { type: "asked"; message_id: string; text: string; scope: string }
  | { type: "note"; text: string; scope?: string | undefined }
  /** An automatic step to another agent: a call and its result in one. `to` is told to people, null: it is not. */
  | {
      type: "passed";
      message_id: string;
      agent: string;
      call: ToolCall;
      outcome: Outcome;
      scope?: string | undefined;
      to: { workflow: string; agent: string; title: string } | null;
    }
  | { type: "completed" }
  | { type: "paused"; reason: "ui" | "approval" | "operator"; tool_call_id: string }
  | { type: "failed"; code: ErrorCode; message: string; details?: Record<string, unknown> }
  | { type: "cancelled" };

export type Failed = Extract<RunEvent, { type: "failed" }>;
