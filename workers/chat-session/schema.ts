import { LEASE_TABLES } from "#ledger/held-lease";
import { WAITS_INDEX, WAITS_TABLE } from "./waits.ts";

/** The session's tables, as steps that are only ever added to. `PRAGMA user_version` is refused in Durable Objects, so `steps` remembers. */
const STEPS = [
  `CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`,
  `CREATE TABLE log (
    seq INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    stream_id TEXT,
    frame TEXT NOT NULL
  ) STRICT`,
  `CREATE INDEX log_stream ON log (stream_id) WHERE stream_id IS NOT NULL`,
  `CREATE TABLE entries (n INTEGER PRIMARY KEY AUTOINCREMENT, entry TEXT NOT NULL) STRICT`,
  `CREATE TABLE inputs (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL UNIQUE,
    client_message_id TEXT UNIQUE,
    text TEXT NOT NULL,
    taken INTEGER NOT NULL DEFAULT 0
  ) STRICT`,
  `CREATE TABLE runs (
    run_id TEXT PRIMARY KEY,
    n INTEGER NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('running','paused','completed','failed','cancelled')),
    state TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE answers (tool_call_id TEXT PRIMARY KEY, by_user TEXT NOT NULL, response TEXT NOT NULL) STRICT`,
  `CREATE TABLE feedback (
    message_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    value TEXT NOT NULL,
    comment TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (message_id, user_id)
  ) STRICT`,
  `CREATE TABLE owed (
    call_id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL,
    agent TEXT NOT NULL,
    attempts TEXT NOT NULL
  ) STRICT`,
  "CREATE INDEX inputs_waiting ON inputs (n) WHERE taken = 0",
  // What a chat uses is its own rows until the ledger has it. Calls that were owed before had holds of their own,
  // which the ledger has ended.
  "DROP TABLE owed",
  ...LEASE_TABLES,
  // Entries that were taken back stay, for whoever audits; no model is shown them.
  "ALTER TABLE entries ADD COLUMN taken_back INTEGER NOT NULL DEFAULT 0",
  `CREATE TABLE attachments (
    attachment_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    stored INTEGER NOT NULL DEFAULT 0,
    message_id TEXT,
    at INTEGER NOT NULL
  ) STRICT`,
  "ALTER TABLE inputs ADD COLUMN attachments TEXT",
  // What is said between agents, by the call that began it.
  "ALTER TABLE entries ADD COLUMN scope TEXT",
  "CREATE INDEX entries_scope ON entries (scope) WHERE scope IS NOT NULL",
  "ALTER TABLE inputs ADD COLUMN context TEXT",
  WAITS_TABLE,
  WAITS_INDEX,
  // Private conversations stay when they have ended (`taken_back` 2): only open ones are looked for.
  "DROP INDEX entries_scope",
  "CREATE INDEX entries_open ON entries (scope) WHERE scope IS NOT NULL AND taken_back = 0",
  // The message a run answers, and the chat's variables as it began: JSON.
  "ALTER TABLE runs ADD COLUMN began TEXT",
];

/** What a new chat's first frame waits for: whose it is, and its log. */
const FIRST_STEPS = 3;

/**
 * Brings the object's tables up to date. Runs once per wake; a new chat's first frame waits for it, so it is one call,
 * and of a new one it may be asked for the first steps alone: the rest by a second call, before anything else is done.
 * @returns whether the chat was there before
 */
export function migrate(storage: DurableObjectStorage, of: "all" | "first_if_new" = "all"): boolean {
  return storage.transactionSync(() => {
    storage.sql.exec("CREATE TABLE IF NOT EXISTS steps (n INTEGER PRIMARY KEY) STRICT");
    const done = Number(storage.sql.exec("SELECT count(*) AS n FROM steps").one().n);
    const was = done > 0;
    const rest = STEPS.slice(done, was || of === "all" ? undefined : FIRST_STEPS);
    if (rest.length === 0) return was;
    const noted = rest.map((_, index) => `(${done + index})`).join(", ");
    storage.sql.exec([...rest, `INSERT INTO steps (n) VALUES ${noted}`].join(";\n"));
    return was;
  });
}
