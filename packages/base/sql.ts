export type SqlValue = string | number | null;
export type SqlRow = Record<string, SqlValue>;

/**
 * The one thing that the ledger and an app's tables ask of a database: SQLite, synchronous, one writer, one
 * statement a call, `?` parameters only. No bigint crosses it: binding one throws in a Durable Object, and an
 * int64 above 2^53 read as a number loses its last digits silently.
 */
export interface Sql {
  exec(query: string, ...params: SqlValue[]): SqlRow[];
  /** Runs `work` whole or not at all: a throw undoes every write of it. Never nested. */
  transaction<T>(work: () => T): T;
}
