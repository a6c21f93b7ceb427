/** Accounts, transfers, holds, usage rows: what a wallet needs. It has run: never edited. */
export const FIRST: readonly string[] = [
  `CREATE TABLE ledger (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      enterprise_id TEXT NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT`,
  // A bucket is a credit with its own floor; the other accounts are where money comes from and goes to.
  // The last CHECK is the floor: no race and no bug can hold or spend what is not there. Kinds are left open,
  // because SQLite can't widen a CHECK later.
  `CREATE TABLE accounts (
      account_id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      balance_nano INTEGER NOT NULL DEFAULT 0,
      held_nano INTEGER NOT NULL DEFAULT 0 CHECK (held_nano >= 0),
      floor_nano INTEGER,
      credit_kind TEXT,
      credit_key TEXT UNIQUE,
      granted_nano INTEGER,
      priority INTEGER,
      expires_at INTEGER,
      opened_at INTEGER NOT NULL,
      CHECK (kind <> 'bucket' OR (floor_nano IS NOT NULL AND priority IS NOT NULL AND granted_nano IS NOT NULL)),
      CHECK (floor_nano IS NULL OR balance_nano - held_nano >= floor_nano)
    ) STRICT`,
  "CREATE INDEX accounts_with_money ON accounts (priority, expires_at) WHERE kind = 'bucket' AND balance_nano > 0",
  `CREATE TABLE transfers (
      transfer_id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT`,
  `CREATE TABLE entries (
      transfer_id INTEGER NOT NULL REFERENCES transfers (transfer_id),
      account_id TEXT NOT NULL REFERENCES accounts (account_id),
      amount_nano INTEGER NOT NULL CHECK (amount_nano <> 0),
      PRIMARY KEY (transfer_id, account_id)
    ) STRICT, WITHOUT ROWID`,
  `CREATE TRIGGER entries_post AFTER INSERT ON entries BEGIN
      UPDATE accounts SET balance_nano = balance_nano + NEW.amount_nano WHERE account_id = NEW.account_id;
    END`,
  `CREATE TABLE holds (
      call_id TEXT PRIMARY KEY,
      payload TEXT NOT NULL,
      user_id TEXT NOT NULL,
      chat_id TEXT NOT NULL,
      run_id TEXT NOT NULL,
      workflow TEXT NOT NULL,
      agent TEXT NOT NULL,
      model TEXT NOT NULL,
      price_version TEXT NOT NULL,
      input_upper INTEGER NOT NULL CHECK (input_upper >= 0),
      max_output INTEGER NOT NULL CHECK (max_output >= 0),
      amount_nano INTEGER NOT NULL CHECK (amount_nano >= 0),
      buckets TEXT NOT NULL CHECK (json_valid(buckets)),
      checkpoint TEXT NOT NULL CHECK (json_valid(checkpoint)),
      opened_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open', 'settled', 'estimated', 'void')),
      ended_at INTEGER,
      settled_payload TEXT,
      CHECK ((state = 'open') = (ended_at IS NULL)),
      CHECK (state <> 'settled' OR settled_payload IS NOT NULL)
    ) STRICT`,
  "CREATE INDEX holds_open ON holds (expires_at) WHERE state = 'open'",
  `CREATE TABLE usage_rows (
      row_id INTEGER PRIMARY KEY,
      call_id TEXT NOT NULL REFERENCES holds (call_id),
      attempt INTEGER NOT NULL CHECK (attempt >= 0),
      role TEXT NOT NULL CHECK (role IN ('charge', 'estimate', 'reversal')),
      at INTEGER NOT NULL,
      user_id TEXT NOT NULL,
      chat_id TEXT NOT NULL,
      run_id TEXT NOT NULL,
      workflow TEXT NOT NULL,
      agent TEXT NOT NULL,
      model TEXT NOT NULL,
      price_version TEXT NOT NULL,
      calls INTEGER NOT NULL CHECK (calls IN (1, -1)),
      input INTEGER NOT NULL,
      cache_read INTEGER NOT NULL,
      cache_write INTEGER NOT NULL,
      output INTEGER NOT NULL,
      reasoning INTEGER NOT NULL,
      cost_nano INTEGER NOT NULL,
      source TEXT NOT NULL CHECK (source IN ('provider', 'checkpoint', 'estimated')),
      response_id TEXT,
      transfer_id INTEGER UNIQUE REFERENCES transfers (transfer_id),
      UNIQUE (call_id, attempt, role),
      CHECK (calls = CASE role WHEN 'reversal' THEN -1 ELSE 1 END),
      CHECK (min(calls * input, calls * cache_read, calls * cache_write, calls * output, calls * reasoning, calls * cost_nano) >= 0),
      CHECK ((cost_nano = 0) = (transfer_id IS NULL))
    ) STRICT`,
  "CREATE INDEX usage_rows_by_time ON usage_rows (at)",
  "CREATE INDEX usage_rows_by_chat ON usage_rows (chat_id)",
  // Counters are read after every call and up to four times a second while somebody watches: kept as sums by
  // UTC day, in the same transaction as the row, so that they are exact and no read scans the calls.
  `CREATE TABLE usage_days (
      day INTEGER NOT NULL,
      chat_id TEXT NOT NULL,
      user_id TEXT NOT NULL,
      workflow TEXT NOT NULL,
      model TEXT NOT NULL,
      calls INTEGER NOT NULL,
      input INTEGER NOT NULL,
      cache_read INTEGER NOT NULL,
      cache_write INTEGER NOT NULL,
      output INTEGER NOT NULL,
      reasoning INTEGER NOT NULL,
      cost_nano INTEGER NOT NULL,
      PRIMARY KEY (day, chat_id, user_id, workflow, model)
    ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX usage_days_by_chat ON usage_days (chat_id)",
  `CREATE TRIGGER usage_rows_sum AFTER INSERT ON usage_rows BEGIN
      INSERT INTO usage_days (day, chat_id, user_id, workflow, model, calls, input, cache_read, cache_write, output, reasoning, cost_nano)
      VALUES (NEW.at / 86400000, NEW.chat_id, NEW.user_id, NEW.workflow, NEW.model, NEW.calls, NEW.input,
        NEW.cache_read, NEW.cache_write, NEW.output, NEW.reasoning, NEW.cost_nano)
      ON CONFLICT (day, chat_id, user_id, workflow, model) DO UPDATE SET
        calls = calls + NEW.calls, input = input + NEW.input, cache_read = cache_read + NEW.cache_read,
        cache_write = cache_write + NEW.cache_write, output = output + NEW.output,
        reasoning = reasoning + NEW.reasoning, cost_nano = cost_nano + NEW.cost_nano;
    END`,
  ...["transfers", "entries", "usage_rows"].flatMap((table) => [
    `CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`,
    `CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`,
  ]),
  // A hold ends once: from open to an end, and from an estimate only to what trues it up.
  `CREATE TRIGGER holds_end_once BEFORE UPDATE OF state, settled_payload ON holds
      WHEN OLD.state IN ('settled', 'void') BEGIN SELECT RAISE(ABORT, 'the hold has ended'); END`,
  "CREATE TRIGGER holds_no_delete BEFORE DELETE ON holds BEGIN SELECT RAISE(ABORT, 'holds are kept'); END",
];
