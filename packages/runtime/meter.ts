import type { Attempt, ReserveAnswer, ReserveAsk, SettleAnswer, TokenCounts } from "#ledger/types";

/** The one way to spend on a model. The ledger's object implements it; nothing else counts tokens. */
export interface Meter {
  reserve(ask: ReserveAsk): Promise<ReserveAnswer>;
  /** Cumulative counts so far; duplicates and disorder are harmless. */
  checkpoint(callId: string, counts: TokenCounts): Promise<void>;
  settle(callId: string, attempts: Attempt[]): Promise<SettleAnswer>;
  /** Only if the provider was never reached. */
  void(callId: string): Promise<void>;
}
