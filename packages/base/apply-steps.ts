import type { Sql } from "./sql.ts";

/** Where it is noted how many steps were done: names as they stand in databases that exist. */
type Notes = {
  table?: string;
  column?: string;
  /** Where the table has a column `at`: now, in milliseconds. */
  at?: number;
};

/**
 * Brings a database up to the newest step: those that it has had are never run again, so steps are only ever added to.
 * Cheap and harmless to repeat. Call it within a transaction.
 */
export function applySteps(
  sql: Sql,
  steps: readonly (string | readonly string[])[],
  { table = "steps", column = "n", at }: Notes = {},
): void {
  const [alsoAt, value] = at === undefined ? ["", ""] : [", at INTEGER NOT NULL", `, ${Math.trunc(at)}`];
  sql.exec(`CREATE TABLE IF NOT EXISTS ${table} (${column} INTEGER PRIMARY KEY${alsoAt}) STRICT`);
  const done = Number(sql.exec(`SELECT count(*) AS n FROM ${table}`)[0]?.n);
  for (const step of steps.slice(done)) {
    for (const statement of [step].flat()) sql.exec(statement);
    // Some began to count at 1.
    sql.exec(`INSERT INTO ${table} SELECT coalesce(max(${column}), -1) + 1${value} FROM ${table}`);
  }
}
