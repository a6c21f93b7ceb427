export type SqlValue = string | number | null;

/** The SQLite this app's tables live in. Synchronous; one writer; one statement a call; `?` parameters only. */
export interface Sql {
  exec(query: string, ...params: SqlValue[]): Record<string, unknown>[];
  /** All of `work` or, when it throws, nothing of it. Not nested. */
  transaction<T>(work: () => T): T;
}
