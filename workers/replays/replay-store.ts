import type { ReplayedTurn } from "#protocol/api/replay";

export type ReplayRow = {
  replay_id: string;
  enterprise_id: string;
  status: "running" | "done" | "cancelled" | "stopped";
  /** JSON: a number, `"draft"`, or null for a build. */
  version: string;
  build_id: string | null;
  created_at: number;
  cost_nano: bigint;
};
export type ChatRow = {
  n: number;
  chat_id: string;
  status: "waiting" | "running" | "done" | "skipped";
  reason: "gone" | "empty" | "unavailable" | null;
  turn_count: number;
};
export type TurnRow = { chat_n: number; n: number; message_id: string };

const TABLES = `
  CREATE TABLE IF NOT EXISTS replay (
    replay_id TEXT PRIMARY KEY,
    enterprise_id TEXT NOT NULL,
    status TEXT NOT NULL,
    version TEXT NOT NULL,
    build_id TEXT,
    files TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    cost_nano TEXT NOT NULL DEFAULT '0'
  ) STRICT;
  CREATE TABLE IF NOT EXISTS replay_chat (
    replay_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    chat_id TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'waiting',
    reason TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    turn_count INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (replay_id, n)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS replay_turn (
    replay_id TEXT NOT NULL,
    chat_n INTEGER NOT NULL,
    n INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    result TEXT,
    PRIMARY KEY (replay_id, chat_n, n)
  ) STRICT;`;

export type ReplayStore = ReturnType<typeof openReplays>;

/** The replays of one app as rows: each step is one of them, so that what was cut goes on where it was. */
export function openReplays(storage: DurableObjectStorage) {
  const { sql } = storage;
  sql.exec(TABLES);

  function replays(where: string, ...params: (string | number)[]): ReplayRow[] {
    return sql
      .exec(
        `SELECT replay_id, enterprise_id, status, version, build_id, created_at, cost_nano FROM replay WHERE ${where} ORDER BY created_at, replay_id`,
        ...params,
      )
      .toArray()
      .map((row) => ({
        replay_id: String(row.replay_id),
        enterprise_id: String(row.enterprise_id),
        status: String(row.status) as ReplayRow["status"],
        version: String(row.version),
        build_id: row.build_id === null ? null : String(row.build_id),
        created_at: Number(row.created_at),
        cost_nano: BigInt(String(row.cost_nano)),
      }));
  }

  return {
    add(it: Omit<ReplayRow, "status" | "cost_nano">, files: string, chatIds: readonly string[]): void {
      storage.transactionSync(() => {
        sql.exec(
          "INSERT INTO replay (replay_id, enterprise_id, status, version, build_id, files, created_at) VALUES (?, ?, 'running', ?, ?, ?, ?)",
          ...[it.replay_id, it.enterprise_id, it.version, it.build_id, files, it.created_at],
        );
        for (const [n, chatId] of chatIds.entries())
          sql.exec(
            "INSERT INTO replay_chat (replay_id, n, chat_id) VALUES (?, ?, ?)",
            it.replay_id,
            n,
            chatId,
          );
      });
    },

    /** What was heard of these chats goes; a replay that is at them goes on with the next. */
    forgetChats(chatIds: readonly string[]): void {
      const ids = JSON.stringify(chatIds);
      storage.transactionSync(() => {
        sql.exec(
          `DELETE FROM replay_turn WHERE EXISTS (SELECT 1 FROM replay_chat c WHERE c.replay_id = replay_turn.replay_id
             AND c.n = replay_turn.chat_n AND c.chat_id IN (SELECT value FROM json_each(?)))`,
          ids,
        );
        sql.exec(
          `UPDATE replay_chat SET status = 'skipped', reason = 'gone', turn_count = 0
             WHERE chat_id IN (SELECT value FROM json_each(?))`,
          ids,
        );
      });
    },

    find: (replayId: string): ReplayRow | null => replays("replay_id = ?", replayId)[0] ?? null,
    running: (): ReplayRow | null => replays("status = 'running'")[0] ?? null,
    all: (): ReplayRow[] => replays("1 = 1"),
    files: (replayId: string): string =>
      String(sql.exec("SELECT files FROM replay WHERE replay_id = ?", replayId).one().files),

    end(replayId: string, status: ReplayRow["status"]): void {
      sql.exec("UPDATE replay SET status = ? WHERE replay_id = ? AND status = 'running'", status, replayId);
    },

    addCost({ replay_id, cost_nano }: ReplayRow, more: bigint): void {
      sql.exec("UPDATE replay SET cost_nano = ? WHERE replay_id = ?", String(cost_nano + more), replay_id);
    },

    chats: (replayId: string): ChatRow[] =>
      sql.exec("SELECT * FROM replay_chat WHERE replay_id = ? ORDER BY n", replayId).toArray().map(chatOf),

    /** The first chat that is not at its end. */
    nextChat(replayId: string): ChatRow | null {
      const query =
        "SELECT * FROM replay_chat WHERE replay_id = ? AND status IN ('waiting', 'running') ORDER BY n LIMIT 1";
      const row = sql.exec(query, replayId).toArray()[0];
      return row ? chatOf(row) : null;
    },

    /** Counted before the work, so that what keeps killing its process is given up. @returns how often it was tried */
    tryChat(replayId: string, n: number): number {
      const query = "UPDATE replay_chat SET tries = tries + 1 WHERE replay_id = ? AND n = ? RETURNING tries";
      return Number(sql.exec(query, replayId, n).one().tries);
    },

    openChat(replayId: string, n: number, messageIds: readonly string[]): void {
      storage.transactionSync(() => {
        for (const [index, messageId] of messageIds.entries())
          sql.exec(
            "INSERT INTO replay_turn (replay_id, chat_n, n, message_id) VALUES (?, ?, ?, ?)",
            ...[replayId, n, index, messageId],
          );
        const query =
          "UPDATE replay_chat SET status = 'running', turn_count = ? WHERE replay_id = ? AND n = ?";
        sql.exec(query, messageIds.length, replayId, n);
      });
    },

    endChat(replayId: string, n: number, reason: ChatRow["reason"] = null): void {
      const status = reason === null ? "done" : "skipped";
      const query = "UPDATE replay_chat SET status = ?, reason = ? WHERE replay_id = ? AND n = ?";
      sql.exec(query, status, reason, replayId, n);
    },

    nextTurn(replayId: string, chatN: number): TurnRow | null {
      const query =
        "SELECT n, message_id FROM replay_turn WHERE replay_id = ? AND chat_n = ? AND result IS NULL ORDER BY n LIMIT 1";
      const row = sql.exec(query, replayId, chatN).toArray()[0];
      return row ? { chat_n: chatN, n: Number(row.n), message_id: String(row.message_id) } : null;
    },

    tryTurn(replayId: string, { chat_n, n }: TurnRow): number {
      const query =
        "UPDATE replay_turn SET tries = tries + 1 WHERE replay_id = ? AND chat_n = ? AND n = ? RETURNING tries";
      return Number(sql.exec(query, replayId, chat_n, n).one().tries);
    },

    saveTurn(replayId: string, { chat_n, n }: TurnRow, result: ReplayedTurn): void {
      const query = "UPDATE replay_turn SET result = ? WHERE replay_id = ? AND chat_n = ? AND n = ?";
      sql.exec(query, JSON.stringify(result), replayId, chat_n, n);
    },

    /** A message that was taken back since is no turn any more. */
    dropTurn(replayId: string, { chat_n, n }: TurnRow): void {
      storage.transactionSync(() => {
        const query = "DELETE FROM replay_turn WHERE replay_id = ? AND chat_n = ? AND n = ?";
        sql.exec(query, replayId, chat_n, n);
        const fewer = "UPDATE replay_chat SET turn_count = turn_count - 1 WHERE replay_id = ? AND n = ?";
        sql.exec(fewer, replayId, chat_n);
      });
    },

    results: (replayId: string): { chat_n: number; result: ReplayedTurn }[] =>
      sql
        .exec(
          "SELECT chat_n, result FROM replay_turn WHERE replay_id = ? AND result IS NOT NULL ORDER BY chat_n, n",
          replayId,
        )
        .toArray()
        .map((row) => ({ chat_n: Number(row.chat_n), result: JSON.parse(String(row.result)) })),

    /** Deletes replays that began before then. */
    removeBefore(time: number): void {
      storage.transactionSync(() => {
        for (const { replay_id } of replays("created_at < ?", time))
          for (const table of ["replay_turn", "replay_chat", "replay"])
            sql.exec(`DELETE FROM ${table} WHERE replay_id = ?`, replay_id);
      });
    },
  };
}

function chatOf(row: Record<string, SqlStorageValue>): ChatRow {
  return {
    n: Number(row.n),
    chat_id: String(row.chat_id),
    status: String(row.status) as ChatRow["status"],
    reason: row.reason === null ? null : (String(row.reason) as ChatRow["reason"]),
    turn_count: Number(row.turn_count),
  };
}
