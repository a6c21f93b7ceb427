export type SqlValue = string | number | null;
export type SqlRow = Record<string, SqlValue>;

/**
 * The one thing the ledger asks of its database: SQLite, synchronous.
 *
 * Money never crosses this port as a number: it is bound as text inside `CAST(? AS INTEGER)` and read with
 * `CAST(x AS TEXT)`, because a bound bigint throws and an int64 above 2^53 loses its last digits silently.
 */
export interface Sql {
  exec(query: string, ...params: SqlValue[]): SqlRow[];
  /** Runs `work` whole or not at all: a throw undoes every write of it. Never nested. */
  transaction<T>(work: () => T): T;
}

/** The text of a column that the query cast to text, as nano- or pico-USD. */
export function amountOf(value: SqlValue | undefined): bigint {
  return BigInt(value ?? 0);
}
