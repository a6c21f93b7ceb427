const ROLLED = ["input", "cache_read", "cache_write", "output", "reasoning", "cost_nano"] as const;
const SUMS = ["runs", "calls", ...ROLLED] as const;

/** One row of usage is added to one line of sums. */
function addTo(table: string, key: Record<string, string>): string {
  const sums = SUMS.map((name) => (name === "runs" ? "NEW.starts_run" : `NEW.${name}`));
  const changed = table === "rollups" ? ", seq = excluded.seq" : "";
  return `INSERT INTO ${table} (${[...Object.keys(key), ...SUMS].join(", ")})
    VALUES (${[...Object.values(key), ...sums].join(", ")})
    ON CONFLICT DO UPDATE SET ${SUMS.map((name) => `${name} = ${name} + excluded.${name}`).join(", ")}${changed};`;
}

function rollUp(grain: string, start: string, dim: string, key: string): string {
  const seq = "(SELECT seq + 1 FROM ledger)";
  return addTo("rollups", { grain: `'${grain}'`, start_at: start, dim: `'${dim}'`, key, seq });
}

const BREAKDOWNS: [dim: string, key: string][] = [
  ["total", "''"],
  ["user", "NEW.user_id"],
  ["workflow", "NEW.workflow"],
  ["model", "NEW.model"],
  ["chat", "NEW.chat_id"],
];

/** Windows in the enterprise's time zone, sums by window, leases, budgets, a second book. It has run: never edited. */
export const SECOND: readonly string[] = [
  "ALTER TABLE ledger ADD COLUMN last_at INTEGER NOT NULL DEFAULT 0",
  "ALTER TABLE ledger ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'UTC'",
  // What the owner earns on a charge and who shares in it, as JSON: see terms.ts.
  "ALTER TABLE ledger ADD COLUMN terms TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(terms))",
  // Tells this ledger from one of the same name that was deleted: numbers of the outbox start anew with it.
  "ALTER TABLE ledger ADD COLUMN incarnation TEXT NOT NULL DEFAULT ''",
  "ALTER TABLE ledger ADD COLUMN outbox_seq INTEGER NOT NULL DEFAULT 0",
  "ALTER TABLE accounts ADD COLUMN book TEXT NOT NULL DEFAULT 'platform'",
  "ALTER TABLE accounts ADD COLUMN credit_payload TEXT",
  "ALTER TABLE accounts ADD COLUMN grant_period TEXT",
  `UPDATE accounts SET credit_payload = json_array(credit_kind, CAST(granted_nano AS TEXT), expires_at, NULL, NULL)
   WHERE kind = 'bucket'`,
  "CREATE INDEX accounts_by_grant ON accounts (grant_period) WHERE grant_period IS NOT NULL",

  // A window starts where the one before ended or later, and is never changed. `opening_nano`: the wallet then.
  `CREATE TABLE windows (
    grain TEXT NOT NULL CHECK (grain IN ('day', 'month')),
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL CHECK (end_at > start_at),
    label TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    opening_nano INTEGER NOT NULL,
    PRIMARY KEY (grain, start_at)
  ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX windows_by_label ON windows (grain, label)",

  `CREATE TABLE leases (
    chat_id TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL CHECK (epoch > 0),
    user_id TEXT NOT NULL,
    workflow TEXT NOT NULL,
    amount_nano INTEGER NOT NULL CHECK (amount_nano >= 0),
    buckets TEXT NOT NULL CHECK (json_valid(buckets)),
    opened_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER,
    CHECK (ended_at IS NULL OR (amount_nano = 0 AND buckets = '{}'))
  ) STRICT`,
  "CREATE INDEX leases_open ON leases (expires_at) WHERE ended_at IS NULL",
  "CREATE INDEX leases_open_by_user ON leases (user_id) WHERE ended_at IS NULL",
  "CREATE INDEX leases_open_by_workflow ON leases (workflow, amount_nano) WHERE ended_at IS NULL",

  `CREATE TABLE limits (
    scope TEXT PRIMARY KEY,
    limit_nano INTEGER NOT NULL CHECK (limit_nano >= 0)
  ) STRICT`,
  `CREATE TABLE own_caps (
    user_id TEXT PRIMARY KEY,
    limit_nano INTEGER NOT NULL CHECK (limit_nano >= 0)
  ) STRICT`,
  `CREATE TABLE alerts (
    alert_id INTEGER PRIMARY KEY,
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    threshold INTEGER NOT NULL,
    limit_nano INTEGER NOT NULL,
    spent_nano INTEGER NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (scope, key, start_at, limit_nano, threshold)
  ) STRICT`,

  // Sums by window, kept in the same transaction as the row they add up, so that they are never ahead of it.
  `CREATE TABLE rollups (
    grain TEXT NOT NULL CHECK (grain IN ('hour', 'day', 'month')),
    start_at INTEGER NOT NULL,
    dim TEXT NOT NULL CHECK (dim IN ('total', 'user', 'workflow', 'model', 'chat')),
    key TEXT NOT NULL,
    seq INTEGER NOT NULL,
    ${SUMS.map((name) => `${name} INTEGER NOT NULL`).join(", ")},
    PRIMARY KEY (grain, start_at, dim, key)
  ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX rollups_dearest ON rollups (start_at, dim, cost_nano) WHERE grain = 'month' AND dim IN ('user', 'chat')",
  "CREATE INDEX rollups_outbox ON rollups (seq) WHERE grain = 'month' AND dim = 'user'",
  `CREATE TABLE chat_sums (
    chat_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    agent TEXT NOT NULL,
    model TEXT NOT NULL,
    ${SUMS.map((name) => `${name} INTEGER NOT NULL`).join(", ")},
    PRIMARY KEY (chat_id, user_id, agent, model)
  ) STRICT, WITHOUT ROWID`,

  // Rows of before get the windows they were counted in: UTC days and months.
  "DROP TRIGGER usage_rows_no_update",
  "DROP TRIGGER transfers_no_update",
  "ALTER TABLE usage_rows ADD COLUMN hour_at INTEGER NOT NULL DEFAULT 0",
  "ALTER TABLE usage_rows ADD COLUMN day_at INTEGER NOT NULL DEFAULT 0",
  "ALTER TABLE usage_rows ADD COLUMN month_at INTEGER NOT NULL DEFAULT 0",
  // A run is counted with its first row, wherever that falls.
  "ALTER TABLE usage_rows ADD COLUMN starts_run INTEGER NOT NULL DEFAULT 0",
  // What the provider said, as it said it.
  "ALTER TABLE usage_rows ADD COLUMN raw TEXT",
  "ALTER TABLE transfers ADD COLUMN month_at INTEGER NOT NULL DEFAULT 0",
  `UPDATE usage_rows SET hour_at = at / 3600000 * 3600000, day_at = at / 86400000 * 86400000,
     month_at = unixepoch(at / 1000, 'unixepoch', 'start of month') * 1000,
     starts_run = row_id IN (SELECT MIN(row_id) FROM usage_rows GROUP BY chat_id, run_id)`,
  "UPDATE transfers SET month_at = unixepoch(at / 1000, 'unixepoch', 'start of month') * 1000",
  `CREATE TRIGGER usage_rows_no_update BEFORE UPDATE ON usage_rows BEGIN SELECT RAISE(ABORT, 'usage_rows is append-only'); END`,
  `CREATE TRIGGER transfers_no_update BEFORE UPDATE ON transfers BEGIN SELECT RAISE(ABORT, 'transfers is append-only'); END`,
  "DROP INDEX usage_rows_by_chat",
  "DROP INDEX usage_rows_by_time",
  "CREATE INDEX usage_rows_by_run ON usage_rows (chat_id, run_id)",
  "CREATE INDEX usage_rows_by_month ON usage_rows (month_at)",
  "CREATE INDEX transfers_by_month ON transfers (month_at)",
  `INSERT INTO windows (grain, start_at, end_at, label, time_zone, opening_nano)
   SELECT 'month', month_at, unixepoch(month_at / 1000, 'unixepoch', '+1 month') * 1000,
     strftime('%Y-%m', month_at / 1000, 'unixepoch'), 'UTC',
     (SELECT COALESCE(SUM(amount_nano), 0) FROM entries JOIN transfers AS earlier USING (transfer_id)
        JOIN accounts USING (account_id) WHERE accounts.kind = 'bucket' AND earlier.month_at < months.month_at)
   FROM (SELECT DISTINCT month_at FROM transfers UNION SELECT DISTINCT month_at FROM usage_rows) AS months`,
  `INSERT INTO windows (grain, start_at, end_at, label, time_zone, opening_nano)
   SELECT DISTINCT 'day', day_at, day_at + 86400000, strftime('%Y-%m-%d', day_at / 1000, 'unixepoch'), 'UTC', 0 FROM usage_rows`,
  ...(
    [
      ["month", "month_at", BREAKDOWNS],
      ["day", "day_at", BREAKDOWNS],
      ["hour", "hour_at", BREAKDOWNS.slice(0, 1)],
    ] as const
  ).flatMap(([grain, start, dims]) =>
    dims.map(
      ([dim, key]) => `INSERT INTO rollups (grain, start_at, dim, key, seq, ${SUMS.join(", ")})
       SELECT '${grain}', ${start}, '${dim}', ${key!.replace("NEW.", "")}, (SELECT seq FROM ledger),
         SUM(starts_run), SUM(calls), ${ROLLED.map((name) => `SUM(${name})`).join(", ")}
       FROM usage_rows
       GROUP BY ${start}, ${key!.replace("NEW.", "")}`,
    ),
  ),
  `INSERT INTO chat_sums (chat_id, user_id, agent, model, ${SUMS.join(", ")})
   SELECT chat_id, user_id, agent, model, SUM(starts_run), SUM(calls), ${ROLLED.map((name) => `SUM(${name})`).join(", ")}
   FROM usage_rows
   GROUP BY chat_id, user_id, agent, model`,
  "DROP TRIGGER usage_rows_sum",
  "DROP TABLE usage_days",
  `CREATE TRIGGER usage_rows_sum AFTER INSERT ON usage_rows BEGIN
    ${BREAKDOWNS.map(([dim, key]) => rollUp("month", "NEW.month_at", dim, key)).join("\n")}
    ${BREAKDOWNS.map(([dim, key]) => rollUp("day", "NEW.day_at", dim, key)).join("\n")}
    ${rollUp("hour", "NEW.hour_at", "total", "''")}
    ${addTo("chat_sums", { chat_id: "NEW.chat_id", user_id: "NEW.user_id", agent: "NEW.agent", model: "NEW.model" })}
  END`,
  ...["usage_rows", "transfers"].map(
    (table) => `CREATE TRIGGER ${table}_open_month BEFORE INSERT ON ${table}
      WHEN NEW.month_at IS NOT (SELECT MAX(start_at) FROM windows WHERE grain = 'month')
      BEGIN SELECT RAISE(ABORT, 'a closed period never changes'); END`,
  ),
];
