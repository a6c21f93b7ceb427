import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Sql } from "#base/sql";

/** The Sql port on an in-memory SQLite of Node's own. */
export function nodeSql(): Sql {
  const db = new DatabaseSync(":memory:");
  const statements = new Map<string, StatementSync>();
  return {
    exec: (query, ...params) => {
      let statement = statements.get(query);
      if (!statement) {
        statement = db.prepare(query);
        statements.set(query, statement);
      }
      return statement.all(...params) as ReturnType<Sql["exec"]>;
    },
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
