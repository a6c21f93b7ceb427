import type { Sql, SqlRow } from "#ledger/sql";

/** The ledger's port to SQLite, over a Durable Object's own storage. */
export function objectSql(storage: DurableObjectStorage): Sql {
  return {
    exec: (query, ...params) => storage.sql.exec(query, ...params).toArray() as SqlRow[],
    transaction: (work) => storage.transactionSync(work),
  };
}
