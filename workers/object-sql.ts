import type { Sql, SqlRow } from "#base/sql";

/** The Sql port on a Durable Object's own SQLite. */
export function objectSql(storage: DurableObjectStorage): Sql {
  return {
    exec: (query, ...params) => storage.sql.exec(query, ...params).toArray() as SqlRow[],
    transaction: (work) => storage.transactionSync(work),
  };
}
