/** Bounds that keep every sum inside an int64, and refuse figures no provider can mean. */
export const LEDGER_LIMITS = {
  /** Tokens of one class of one attempt. */
  maxTokens: 100_000_000,
  /** Price of one token: $1. */
  maxPricePico: 1_000_000_000_000n,
  /** One credit: ten million dollars. */
  maxCreditNano: 10_000_000_000_000_000n,
  maxTtlMs: 24 * 3_600_000,
  maxAttemptsPerCall: 32,
  maxKeyLength: 512,
  /** Below this a cut-short answer is not worth its price: the call is refused instead. */
  minUsefulOutputTokens: 256,
  /** How long a hold may stay open past its expiry before the self-check complains. */
  holdGraceMs: 60_000,
  analyticsMaxDays: 400,
} as const;
