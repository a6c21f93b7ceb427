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
  billPageLines: 1_000,
  /** A month's raw usage leaves for the archive when it ended this long ago: 62 days. */
  archiveAfterMs: 62 * 24 * 3_600_000,
  /** Rows that leave at a time, in one file. */
  archivePartRows: 500,
  /** Figures that have changed are passed on at most this often, and so many at a time: D1 allows 1,000 queries a call. */
  outboxPauseMs: 60_000,
  outboxBatchRows: 100,
  outboxBatches: 5,
  /** What failed beyond the ledger is tried again after this, then after twice as long, and so on. */
  choreRetryMs: 60_000,
  choreRetryMaxMs: 3_600_000,
  /** Rows of raw usage that leave the ledger at a time. */
  exportPageRows: 500,
  /** By the hour. */
  hoursMaxDays: 31,
  /** Rows and transfers that are added to the sums at once, when nobody reads them before. */
  mostUnfolded: 64,
  /** Lines of one breakdown; what is beyond them is in the export. */
  usageMaxLines: 1_000,
  /** A clock may be this much behind the ledger's newest operation. */
  clockBackMs: 60_000,
  /** No alarm is late by this much: a clock that says so is in doubt, for this long. */
  clockLeapMs: 31 * 24 * 3_600_000,
  clockDoubtMs: 60_000,
  /** A chat's clock and the ledger's may drift apart by this much while a lease lasts. */
  leaseMarginMs: 30_000,
  /** Calls of one report. */
  maxCallsPerReport: 256,
  /** A provider's own usage is kept up to this size, in characters. */
  maxRawLength: 2_048,
  /** With room for fewer leases than this, a lease covers one call only and ends with its run. */
  leasesInHeadroom: 20n,
  maxOverdraftNano: 1_000_000_000_000_000n,
  maxMarkupBps: 100_000,
  maxShares: 8,
} as const;
