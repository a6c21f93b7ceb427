import { DatabaseSync } from "node:sqlite";
import type { Sql, SqlValue } from "#tables/sql";

/** The Sql port on an in-memory SQLite of Node's own. */
export function nodeSql(): Sql {
  const db = new DatabaseSync(":memory:");
  return {
    exec: (query: string, ...params: SqlValue[]) => db.prepare(query).all(...params),
    transaction(work) {
      db.exec("BEGIN");
      try {
        const result = work();
        db.exec("COMMIT");
        return result;
      } catch (error) {
        db.exec("ROLLBACK");
        throw error;
      }
    },
  };
}
