/** Binds each row of usage to all before it. It has run: never edited. */
export const CHAIN: readonly string[] = [
  "CREATE TABLE usage_chain (row_id INTEGER PRIMARY KEY, chain TEXT NOT NULL CHECK (length(chain) = 64)) STRICT",
  "CREATE TRIGGER usage_chain_no_update BEFORE UPDATE ON usage_chain BEGIN SELECT RAISE(ABORT, 'usage_chain is append-only'); END",
  // The link of the newest row in the archive stays: the first row here hangs on it.
  `CREATE TRIGGER usage_chain_no_delete BEFORE DELETE ON usage_chain
    WHEN OLD.row_id >= (SELECT COALESCE(MAX(last_row_id), 0) FROM archive_parts)
    BEGIN SELECT RAISE(ABORT, 'usage_chain is append-only'); END`,
];
