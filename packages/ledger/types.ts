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

/** A model call that wants to spend. */
export type ReserveAsk = {
  /** Idempotency key: `{run_id}/{step}/{attempt}`. */
  call_id: string;
  user_id: string;
  chat_id: string;
  run_id: string;
  workflow: string;
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
  /** The provider's own usage as JSON text, to be kept beside the row. */
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

/** Money that comes in as a bucket of its own. Lower kinds burn first: trial, promotion, topup. */
export type CreditAsk = {
  kind: "trial" | "topup" | "promotion";
  /** Nano-USD, above zero. */
  amount_nano: bigint;
  /** Idempotency key, unique in the enterprise. */
  key: string;
  /** Milliseconds since the epoch; what is left then is taken back. */
  expires_at?: number | null;
};
export type CreditAnswer = { ok: true; credit_id: string; balance_nano: bigint } | Refusal;
