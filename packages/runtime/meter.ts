import type { Attempt, ReserveAnswer, ReserveAsk, SettleAnswer, TokenCounts } from "#ledger/types";

/** A call under way, and the figures with it. Amounts are nano-USD. */
export type SoFar = {
  counts: TokenCounts;
  cost_nano: bigint;
  chat_cost_nano: bigint;
  balance_nano: bigint;
};

/** The one way to spend on a model. The ledger's object implements it; nothing else counts tokens. */
export interface Meter {
  reserve(ask: ReserveAsk): Promise<ReserveAnswer>;
  /**
   * Cumulative counts so far; duplicates and disorder are harmless.
   * @returns what the call has cost with them, where the meter knows it at once
   */
  checkpoint(callId: string, counts: TokenCounts): Promise<SoFar | null>;
  settle(callId: string, attempts: Attempt[]): Promise<SettleAnswer>;
  /** Only if the provider was never reached. */
  void(callId: string): Promise<void>;
}
