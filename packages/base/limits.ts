/** Every limit of the platform, with its unit in its name. */
export const LIMITS = {
  /** Steps (model calls) of one run before it stops. */
  runMaxSteps: 16,
  runMaxHandoffs: 6,
  runMaxToolCalls: 24,
  /** Automatic steps from agent to agent (`next`) in one run. */
  runMaxPasses: 12,
  /** Agents that wait for one another's answers. */
  runMaxDepth: 3,
  /** The very same call that fails, in so many steps of a run: then it is stopped. */
  runMaxSameFailures: 3,
  /** Failed calls of a run in a row, whatever they were. */
  runMaxFailuresInRow: 8,
  /** Times an answer that must be JSON is asked for again. */
  outputMaxRepairs: 2,
  /** A reason of a hand-off, characters. */
  handoffReasonMaxChars: 500,
  /** What one agent asks or tells another, characters. */
  askMaxChars: 8_000,
  /** A tool call's arguments as JSON; larger ones are not looked at. */
  toolArgsMaxBytes: 64 * 1024,
  /** A variable as JSON. */
  variableMaxBytes: 8 * 1024,
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
  queuedInputsPerChat: 20,
  bodyMaxBytes: 1024 * 1024,
  usageFramesPerSecond: 4,
  /** To all who watch one app: more than 250 of them get their frames less often. */
  usageFramesPerSecondOfAll: 1_000,
  toolResultMaxRows: 20,
  toolResultMaxBytes: 64 * 1024,
  /** Newest messages of a chat that a model call sees, at most. */
  historyMaxMessages: 60,
  /** Tokens of the conversation that a model call sees: newest turns whole until they are spent. */
  contextBudgetTokens: 12_000,
  /** A tool's answer in an earlier turn is shortened to this, as JSON characters. */
  oldOutcomeMaxChars: 600,
  /** What is remembered of turns that a model no longer sees. */
  gistMaxChars: 2_400,
  /** A provider's usage as JSON text beside its row; a larger one is not kept. */
  rawUsageMaxBytes: 2_048,
} as const;
