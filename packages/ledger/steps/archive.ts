const SUMS = ["calls", "input", "cache_read", "cache_write", "output", "reasoning", "cost_nano"] as const;
const COLUMNS = SUMS.map((name) => `${name} INTEGER NOT NULL`).join(", ");

/** Sums that a statement is made of, the archive, and chores that leave the object. It has run: never edited. */
export const ARCHIVE: readonly string[] = [
  // Kept with the rows they add up, so that a month's statement is the same before and after its rows have left.
  `CREATE TABLE month_lines (
    month_at INTEGER NOT NULL,
    workflow TEXT NOT NULL,
    model TEXT NOT NULL,
    price_version TEXT NOT NULL,
    ${COLUMNS},
    PRIMARY KEY (month_at, workflow, model, price_version)
  ) STRICT, WITHOUT ROWID`,
  `INSERT INTO month_lines (month_at, workflow, model, price_version, ${SUMS.join(", ")})
   SELECT month_at, workflow, model, price_version, ${SUMS.map((name) => `SUM(${name})`).join(", ")}
   FROM usage_rows GROUP BY month_at, workflow, model, price_version`,
  `CREATE TRIGGER usage_rows_line AFTER INSERT ON usage_rows BEGIN
    INSERT INTO month_lines (month_at, workflow, model, price_version, ${SUMS.join(", ")})
    VALUES (NEW.month_at, NEW.workflow, NEW.model, NEW.price_version, ${SUMS.map((name) => `NEW.${name}`).join(", ")})
    ON CONFLICT DO UPDATE SET ${SUMS.map((name) => `${name} = ${name} + excluded.${name}`).join(", ")};
  END`,
  // Of the platform's book: in the owner's each user has an account, and no statement is made of it.
  `CREATE TABLE month_moves (
    month_at INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount_nano INTEGER NOT NULL,
    PRIMARY KEY (month_at, account_id, kind)
  ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX month_moves_of_debt ON month_moves (month_at) WHERE account_id = 'overdraft'",
  `INSERT INTO month_moves (month_at, account_id, kind, amount_nano)
   SELECT transfers.month_at, account_id, transfers.kind, SUM(amount_nano)
   FROM entries JOIN transfers USING (transfer_id) JOIN accounts USING (account_id)
   WHERE book = 'platform' GROUP BY 1, 2, 3`,
  `CREATE TRIGGER entries_move AFTER INSERT ON entries
    WHEN (SELECT book FROM accounts WHERE account_id = NEW.account_id) = 'platform' BEGIN
    INSERT INTO month_moves (month_at, account_id, kind, amount_nano)
    SELECT month_at, NEW.account_id, kind, NEW.amount_nano FROM transfers WHERE transfer_id = NEW.transfer_id
    ON CONFLICT DO UPDATE SET amount_nano = amount_nano + excluded.amount_nano;
  END`,

  // One row a file that was written to the archive; the newest says up to where rows may be deleted, and their
  // numbers are never given again.
  `CREATE TABLE archive_parts (
    last_row_id INTEGER PRIMARY KEY,
    first_row_id INTEGER NOT NULL CHECK (first_row_id > 0 AND first_row_id <= last_row_id),
    last_transfer_id INTEGER NOT NULL,
    month_at INTEGER NOT NULL,
    newest_day_at INTEGER NOT NULL,
    newest_hour_at INTEGER NOT NULL,
    rows INTEGER NOT NULL CHECK (rows > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    at INTEGER NOT NULL,
    runs INTEGER NOT NULL,
    ${COLUMNS}
  ) STRICT`,
  "CREATE INDEX archive_parts_by_month ON archive_parts (month_at)",
  `CREATE TRIGGER archive_parts_follow BEFORE INSERT ON archive_parts
    WHEN NEW.first_row_id <= (SELECT COALESCE(MAX(last_row_id), 0) FROM archive_parts)
      OR NEW.last_transfer_id < (SELECT COALESCE(MAX(last_transfer_id), 0) FROM archive_parts)
    BEGIN SELECT RAISE(ABORT, 'parts of the archive follow one another'); END`,
  // What the entries in the archive come to, so that balances are still the sums of their entries.
  `CREATE TABLE archived_entries (
    month_at INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount_nano INTEGER NOT NULL,
    PRIMARY KEY (account_id, month_at, kind)
  ) STRICT, WITHOUT ROWID`,
  // A key is never used twice, however late it comes.
  "CREATE TABLE archived_calls (call_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
  `CREATE TABLE archived_runs (
    chat_id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    lines INTEGER NOT NULL CHECK (lines > 0),
    PRIMARY KEY (chat_id, run_id)
  ) STRICT, WITHOUT ROWID`,
  // Rows in the archive of calls that have further ones here: an estimate that was trued up a month later.
  `CREATE TABLE archive_split (
    call_id TEXT PRIMARY KEY,
    charges INTEGER NOT NULL,
    estimates INTEGER NOT NULL,
    reversals INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  ...["archive_parts", "archived_calls"].flatMap((table) => [
    `CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`,
    `CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`,
  ]),

  // Only what a part of the archive holds may go, in the order of its keys: rows, entries, transfers, calls.
  "DROP TRIGGER usage_rows_no_delete",
  `CREATE TRIGGER usage_rows_no_delete BEFORE DELETE ON usage_rows
    WHEN OLD.row_id > (SELECT COALESCE(MAX(last_row_id), 0) FROM archive_parts)
    BEGIN SELECT RAISE(ABORT, 'usage_rows is append-only'); END`,
  ...["entries", "transfers"].flatMap((table) => [
    `DROP TRIGGER ${table}_no_delete`,
    `CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
      WHEN OLD.transfer_id > COALESCE((SELECT last_transfer_id FROM archive_parts ORDER BY last_row_id DESC LIMIT 1), 0)
        OR (SELECT kind FROM transfers WHERE transfer_id = OLD.transfer_id) NOT IN ('usage', 'adjust')
        OR EXISTS (SELECT 1 FROM usage_rows WHERE transfer_id = OLD.transfer_id)
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`,
  ]),
  "DROP TRIGGER holds_no_delete",
  `CREATE TRIGGER holds_no_delete BEFORE DELETE ON holds
    WHEN OLD.state = 'open' OR NOT EXISTS (SELECT 1 FROM archived_calls WHERE call_id = OLD.call_id)
    BEGIN SELECT RAISE(ABORT, 'holds are kept'); END`,
  `CREATE TRIGGER usage_rows_new_id AFTER INSERT ON usage_rows
    WHEN NEW.row_id <= (SELECT COALESCE(MAX(last_row_id), 0) FROM archive_parts)
    BEGIN SELECT RAISE(ABORT, 'the number of an archived row'); END`,
  `CREATE TRIGGER transfers_new_id AFTER INSERT ON transfers
    WHEN NEW.transfer_id <= COALESCE((SELECT last_transfer_id FROM archive_parts ORDER BY last_row_id DESC LIMIT 1), 0)
    BEGIN SELECT RAISE(ABORT, 'the number of an archived transfer'); END`,
  "CREATE INDEX holds_void ON holds (ended_at) WHERE state = 'void'",

  // What the alarm does beyond the object: when it may be tried next, and how often it has failed since it last worked.
  `CREATE TABLE chores (
    name TEXT PRIMARY KEY CHECK (name IN ('archive', 'outbox')),
    not_before INTEGER NOT NULL,
    failures INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  "INSERT INTO chores (name, not_before, failures) VALUES ('archive', 0, 0), ('outbox', 0, 0)",
  // Each line that is to be passed on gets a number of its own, so that any number of them can be passed on at a time.
  `UPDATE rollups SET seq = (SELECT seq FROM ledger) + ranked.n FROM (
     SELECT start_at, key, ROW_NUMBER() OVER (ORDER BY start_at, key) AS n FROM rollups
     WHERE grain = 'month' AND dim = 'user') AS ranked
   WHERE grain = 'month' AND dim = 'user' AND rollups.start_at = ranked.start_at AND rollups.key = ranked.key`,
  "UPDATE ledger SET seq = seq + (SELECT COUNT(*) FROM rollups WHERE grain = 'month' AND dim = 'user')",
];
