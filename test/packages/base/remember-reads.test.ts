import { expect, test } from "vitest";
import { rememberReads } from "#base/remember-reads";
import type { Sql } from "#base/sql";
import { nodeSql } from "#test/support/sqlite";

/** Counts what reaches the database. */
function counted() {
  const real = nodeSql();
  real.exec("CREATE TABLE a (n INTEGER)");
  real.exec("CREATE TABLE b (n INTEGER)");
  real.exec("INSERT INTO a (n) VALUES (1)");
  real.exec("INSERT INTO b (n) VALUES (1)");
  const asked: string[] = [];
  const sql: Sql = {
    exec: (query, ...params) => {
      asked.push(query);
      return real.exec(query, ...params);
    },
    transaction: (work) => real.transaction(work),
  };
  return { asked, sql: rememberReads(sql) };
}

test("what was read once comes from memory until its own table is written to", () => {
  const { asked, sql } = counted();
  const readA = () => sql.exec("SELECT n FROM a")[0]?.n;
  const readB = () => sql.exec("SELECT n FROM b")[0]?.n;
  expect([readA(), readA(), readB(), readB()]).toEqual([1, 1, 1, 1]);
  expect(asked).toHaveLength(2);
  sql.exec("UPDATE a SET n = ?", 2);
  expect([readA(), readB()]).toEqual([2, 1]);
  expect(asked).toHaveLength(4);
});

test("a query with parameters is asked each time", () => {
  const { asked, sql } = counted();
  for (const n of [1, 2, 1]) sql.exec("SELECT n FROM a WHERE n = ?", n);
  expect(asked).toHaveLength(3);
});

test("what was read in a transaction that is undone is forgotten", () => {
  const { sql } = counted();
  const read = () => sql.exec("SELECT n FROM a")[0]?.n;
  expect(read()).toBe(1);
  expect(() =>
    sql.transaction(() => {
      sql.exec("UPDATE a SET n = ?", 9);
      expect(read()).toBe(9);
      throw new Error("undone");
    }),
  ).toThrow("undone");
  expect(read()).toBe(1);
});
