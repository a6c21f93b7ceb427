/** How runs went, beside what they used: for analytics. It has run: never edited. */
export const RUNS: readonly string[] = [
  `CREATE TABLE runs (
    run_id TEXT PRIMARY KEY,
    day_at INTEGER NOT NULL,
    workflow TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('completed', 'paused', 'failed', 'cancelled')),
    first_token_ms INTEGER,
    duration_ms INTEGER NOT NULL,
    handoffs INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE feedback (
    chat_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    day_at INTEGER NOT NULL,
    value TEXT NOT NULL CHECK (value IN ('up', 'down')),
    PRIMARY KEY (chat_id, message_id, user_id)
  ) STRICT, WITHOUT ROWID`,
  // Counts by day: a name like `completed`, `handoffs`, `up`, or `first_token:120` for a class of latencies.
  `CREATE TABLE day_counts (
    day_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (day_at, name)
  ) STRICT, WITHOUT ROWID`,
];
