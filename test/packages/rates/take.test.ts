import fc from "fast-check";
import { expect, test } from "vitest";
import type { Sql } from "#base/sql";
import type { Rate } from "#rates/rate";
import { openBuckets } from "#rates/schema";
import { giveBack, take } from "#rates/take";
import { nodeSql } from "#test/support/sqlite";

const MINUTE = 60_000;
const RATE: Rate = { max: 3, per_ms: MINUTE };
const one = (key: string, rate = RATE) => [{ key, rate }];
function buckets(): Sql {
  const sql = nodeSql();
  openBuckets(sql);
  return sql;
}
const rows = (sql: Sql) => sql.exec("SELECT key, spent FROM bucket ORDER BY key");

test("so many at once, then one each third of a minute, and it says when", () => {
  const sql = buckets();
  const passed = Array.from({ length: 10 }, () => take(sql, one("a"), 0).ok).filter(Boolean);
  expect(passed.length).toBe(3);
  expect(take(sql, one("a"), 0)).toEqual({ ok: false, refused: 0, retry_after_s: 20 });
  expect(take(sql, one("a"), 19_000)).toEqual({ ok: false, refused: 0, retry_after_s: 1 });
  expect(take(sql, one("a"), 20_000).ok).toBe(true);
  expect(take(sql, one("a"), 20_000).ok).toBe(false);
  expect(take(sql, one("b"), 20_000).ok).toBe(true);
});

test("all or none: what one bucket refuses is taken of none, and nothing is written", () => {
  const sql = buckets();
  for (let i = 0; i < 3; i += 1) take(sql, one("b"), 0);
  const before = rows(sql);
  expect(take(sql, [...one("a"), ...one("b")], 0)).toMatchObject({ ok: false, refused: 1 });
  expect(rows(sql)).toEqual(before);
});

test("what is given back can be taken again, and never more than there was", () => {
  const sql = buckets();
  for (let i = 0; i < 3; i += 1) take(sql, one("a"), 0);
  giveBack(sql, one("a"), 0);
  expect([take(sql, one("a"), 0).ok, take(sql, one("a"), 0).ok]).toEqual([true, false]);
  for (let i = 0; i < 9; i += 1) giveBack(sql, one("a"), 0);
  expect(Array.from({ length: 9 }, () => take(sql, one("a"), 0).ok).filter(Boolean).length).toBe(3);
});

test("a clock that steps back gives nothing, however often it does", () => {
  const sql = buckets();
  for (let i = 0; i < 3; i += 1) take(sql, one("a"), MINUTE);
  giveBack(sql, one("a"), 0);
  take(sql, one("a"), MINUTE);
  for (const now of [0, MINUTE, 0, MINUTE, MINUTE + 1]) expect(take(sql, one("a"), now).ok).toBe(false);
});

test("rows that are as good as none go by themselves: a crowd of strangers leaves nothing behind", () => {
  const sql = buckets();
  for (let i = 0; i < 300; i += 1) take(sql, one(`k${i}`), 0);
  expect(rows(sql).length).toBe(300);
  for (let i = 0; i < 20; i += 1) take(sql, one("late"), MINUTE + i * MINUTE);
  expect(rows(sql).map(({ key }) => key)).toEqual(["late"]);
});

test("over any stretch of time no more pass than fit: the most at once, and what has come back", () => {
  const steps = fc.array(fc.tuple(fc.nat(30_000), fc.constantFrom("a", "b")), { maxLength: 120 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 20 }), (calls, max) => {
      const sql = buckets();
      const rate = { max, per_ms: MINUTE };
      const passed: Record<string, number[]> = { a: [], b: [] };
      let now = 0;
      for (const [wait, key] of calls) {
        now += wait;
        if (take(sql, one(key, rate), now).ok) passed[key]!.push(now);
      }
      for (const times of Object.values(passed))
        for (let from = 0; from < times.length; from += 1)
          for (let to = from; to < times.length; to += 1) {
            const fits = max + ((times[to]! - times[from]!) * max) / MINUTE;
            expect(to - from + 1).toBeLessThanOrEqual(fits + 1e-3);
          }
    }),
    { numRuns: 60 },
  );
});

test("one bucket costs three statements, each further one two; what is refused costs reads alone", () => {
  const sql = buckets();
  const said: string[] = [];
  const counting: Sql = {
    ...sql,
    exec: (query, ...params) => {
      said.push(query.split(" ")[0]!);
      return sql.exec(query, ...params);
    },
  };
  take(counting, one("a"), 0);
  expect(said.splice(0)).toEqual(["DELETE", "SELECT", "INSERT"]);
  take(counting, [...one("a"), ...one("b")], 0);
  expect(said.splice(0)).toEqual(["DELETE", "SELECT", "SELECT", "INSERT", "INSERT"]);
  take(counting, one("a"), 0);
  said.splice(0);
  expect(take(counting, one("a"), 0).ok).toBe(false);
  expect(said).toEqual(["DELETE", "SELECT"]);
});
