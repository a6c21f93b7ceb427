/** Every limit of the platform, with its unit in its name. */
export const LIMITS = {
  /** Steps (model calls) of one run before it stops. */
  runMaxSteps: 16,
  runMaxHandoffs: 6,
  runMaxToolCalls: 24,
  /** Attempts at one run after interruptions; counted before the work. */
  runMaxAttempts: 3,
  stepMaxOutputTokens: 2_048,
  firstTokenTimeoutMs: 20_000,
  betweenTokensTimeoutMs: 30_000,
  /** A hold that was never settled ends after this, and so does a call that is still speaking. */
  holdTtlMs: 5 * 60_000,
  /** A lease whose chat is not heard of ends after this: longer than a call may last. */
  leaseTtlMs: 10 * 60_000,
  /** A lease that nothing is done with is given back after this. */
  leaseIdleMs: 30_000,
  /** A ledger that has not answered by then can't be reached. */
  ledgerTimeoutMs: 4_000,
  /** An answer that is still coming is counted this often. */
  checkpointMs: 2_000,
  /** What was used is told to the ledger within this, also in the middle of a long run. */
  usageReportMs: 1_000,
  /** Apps that one creator made and still has; each was given the trial grant. */
  appsPerCreator: 20,
  chatTokenTtlMs: 15 * 60_000,
  socketMaxAgeMs: 12 * 3_600_000,
  /** A stream of a chat's log over HTTP ends after this, and its client comes back by `Last-Event-ID` and is checked anew. */
  streamMaxAgeMs: 15 * 60_000,
  /** A comment is sent on a stream that is silent for so long, so that nothing between takes it for dead. */
  streamKeepAliveMs: 15_000,
  streamsPerChat: 20,
  queuedInputsPerChat: 20,
  bodyMaxBytes: 1024 * 1024,
  usageFramesPerSecond: 4,
  /** To all who watch one app: more than 250 of them get their frames less often. */
  usageFramesPerSecondOfAll: 1_000,
  toolResultMaxRows: 20,
  /** Rows of a table that a card shows. */
  cardMaxRows: 100,
  toolResultMaxBytes: 64 * 1024,
  /** Newest messages of a chat that a model call sees. */
  historyMaxMessages: 60,
  /** A provider's usage as JSON text beside its row; a larger one is not kept. */
  rawUsageMaxBytes: 2_048,
} as const;
