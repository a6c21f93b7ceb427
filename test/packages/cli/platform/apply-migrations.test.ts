import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applyMigrations, type Database } from "#cli/platform/apply-migrations";

let folder: string;
let sqlite: DatabaseSync;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mozaiks-migrations-"));
  sqlite = new DatabaseSync(":memory:");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("each migration is applied once, in order", async () => {
  write("0000_a.sql", "CREATE TABLE a (x TEXT);\n--> statement-breakpoint\nCREATE TABLE b (x TEXT);");
  expect(await applyMigrations(d1(sqlite), folder)).toEqual(["0000_a.sql"]);
  write("0001_b.sql", "INSERT INTO a VALUES ('one; two'); ALTER TABLE b ADD COLUMN y TEXT;");
  expect(await applyMigrations(d1(sqlite), folder)).toEqual(["0001_b.sql"]);
  expect(await applyMigrations(d1(sqlite), folder)).toEqual([]);
  expect(sqlite.prepare("SELECT x FROM a").all()).toMatchObject([{ x: "one; two" }]);
});

test("a migration that fails half way leaves nothing of itself", async () => {
  write("0000_a.sql", "CREATE TABLE a (x TEXT); INSERT INTO missing VALUES (1);");
  await expect(applyMigrations(d1(sqlite), folder)).rejects.toThrow("no such table: missing");
  expect(sqlite.prepare("SELECT name FROM sqlite_master WHERE name = 'a'").all()).toEqual([]);
  expect(sqlite.prepare("SELECT name FROM d1_migrations").all()).toEqual([]);
});

test("F40 the state of a newer Mozaiks is refused", async () => {
  write("0000_a.sql", "CREATE TABLE a (x TEXT);");
  await applyMigrations(d1(sqlite), folder);
  rmSync(join(folder, "0000_a.sql"));
  await expect(applyMigrations(d1(sqlite), folder)).rejects.toThrow("of a newer Mozaiks");
});

function write(name: string, sql: string): void {
  writeFileSync(join(folder, name), sql);
}

type Prepared = { sql: string; values: string[] };

/** D1's promises over Node's SQLite: a batch is one transaction. */
function d1(db: DatabaseSync): Database {
  const statement = (sql: string, values: string[]): ReturnType<Database["prepare"]> & Prepared => ({
    sql,
    values,
    bind: (...bound) => statement(sql, bound),
    all: async () => ({ results: db.prepare(sql).all(...values) }),
  });
  return {
    prepare: (sql) => statement(sql, []),
    batch: async (statements) => {
      db.exec("BEGIN");
      try {
        for (const { sql, values } of statements as unknown as Prepared[]) db.prepare(sql).run(...values);
        db.exec("COMMIT");
      } catch (error) {
        db.exec("ROLLBACK");
        throw error;
      }
    },
  };
}
