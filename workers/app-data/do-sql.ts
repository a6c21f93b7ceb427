import type { Sql } from "#tables/sql";

/** The Sql port on a Durable Object's own SQLite. */
export function doSql(storage: DurableObjectStorage): Sql {
  return {
    exec: (query, ...params) => storage.sql.exec(query, ...params).toArray(),
    transaction: (work) => storage.transactionSync(work),
  };
}
