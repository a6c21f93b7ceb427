import type { ErrorCode } from "#protocol/errors";

/** Exclusive pools of tokens: they never overlap, and sum to the provider's total. */
export type TokenCounts = {
  /** Input that was neither read from nor written to a cache. */
  input: number;
  cache_read: number;
  cache_write: number;
  /** Output text, without reasoning. */
  output: number;
  reasoning: number;
};

/** The windows that budgets and statements are kept in. */
export type Grain = "day" | "month";

/** Whose money a call would spend: every budget that applies follows from it. */
export type Spender = { user_id: string; chat_id: string; run_id: string; workflow: string };

/** A model call that wants to spend. */
export type ReserveAsk = Spender & {
  /** Idempotency key: `{run_id}/{step}/{attempt}`. */
  call_id: string;
  agent: string;
  /** `{provider}/{model}`, a name of the price book. */
  model: string;
  /** Upper bound of the input, in tokens; also the first checkpoint. */
  input_upper: number;
  max_output: number;
  ttl_ms: number;
};

/** Plain values only: a refusal crosses the object's RPC, whose types drop what they can't carry. */
export type Refusal = { ok: false; code: ErrorCode; details: Record<string, string | number> };
export type ReserveAnswer = { ok: true; max_output: number; price_version: string } | Refusal;

/** One provider attempt of a call: a retry and a fallback are spend of their own. */
export type Attempt = {
  /** From 0 within the call. */
  attempt: number;
  model: string;
  response_id?: string;
  counts: TokenCounts;
  source: "provider" | "checkpoint" | "estimated";
  /** The provider's own usage as JSON, kept beside the row for whoever doubts it. */
  raw?: string;
};

/** A settled call: what it cost, and the figures after it. Amounts are nano-USD. */
export type SettleAnswer =
  | {
      ok: true;
      rows: { model: string; counts: TokenCounts; cost_nano: bigint; source: Attempt["source"] }[];
      cost_nano: bigint;
      chat_cost_nano: bigint;
      balance_nano: bigint;
    }
  | Refusal;

/** Money that comes in as a bucket of its own. Kinds burn in this order: plan, trial, promotion, topup. */
export type CreditAsk = {
  kind: "plan" | "trial" | "promotion" | "topup";
  /** Nano-USD, above zero. */
  amount_nano: bigint;
  /** Idempotency key, unique in the enterprise. */
  key: string;
  /** Milliseconds since the epoch; what is left then is taken back. */
  expires_at?: number | null;
  /** Lower burns first; by kind, if absent. */
  priority?: number;
  /**
   * Of a plan's grant, and only of one: what the plan is paid for, e.g. `2026-11`. All grants of one period
   * together come to the highest of them, so that changing plans collects no grant twice.
   */
  period?: string;
};
export type CreditAnswer = { ok: true; credit_id: string; balance_nano: bigint } | Refusal;
