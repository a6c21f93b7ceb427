import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unstable_splitSqlQuery as splitSql } from "wrangler";
import { CHECKOUT } from "../launch/checkout.mjs";
import { refuse } from "../launch/refusal.mjs";

/** The part of a D1 database that this needs. */
export type Database = {
  prepare(sql: string): Statement;
  batch(statements: Statement[]): Promise<unknown>;
};
type Statement = { bind(...values: string[]): Statement; all(): Promise<{ results: unknown[] }> };

/** The table in which wrangler keeps what it has applied, so either may go on where the other stopped. */
const TABLE = `CREATE TABLE IF NOT EXISTS d1_migrations(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`;

/** Applies the migrations that a database lacks, in order; each file wholly or not at all. */
export async function applyMigrations(
  db: Database,
  folder = join(CHECKOUT, "migrations"),
): Promise<string[]> {
  await db.prepare(TABLE).all();
  const { results } = await db.prepare("SELECT name FROM d1_migrations").all();
  const applied = new Set((results as { name: string }[]).map((row) => row.name));
  const known = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  for (const name of applied) {
    if (!known.includes(name))
      refuse(`The state folder is of a newer Mozaiks (it has the migration ${name}).`);
  }
  const missing = known.filter((name) => !applied.has(name));
  for (const name of missing) {
    const statements = splitSql(readFileSync(join(folder, name), "utf8")).map((sql) => db.prepare(sql));
    const record = db.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name);
    await db.batch([...statements, record]);
  }
  return missing;
}
