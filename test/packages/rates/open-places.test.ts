import fc from "fast-check";
import { expect, test } from "vitest";
import { enter } from "#rates/open-places";
import { openBuckets } from "#rates/schema";
import { nodeSql } from "#test/support/sqlite";

const [MAX, LIFE_MS] = [3, 1_000];

test("T62 whatever somebody opens, and again, they have something at so many places at most: the last ones", () => {
  const step = fc.record({
    person: fc.constantFrom("a", "b"),
    place: fc.constantFrom(..."123456"),
    after: fc.constantFrom(0, 1, 400),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const sql = nodeSql();
      openBuckets(sql);
      // What a person may have open, newest last; sockets end by themselves.
      const open: Record<string, { place: string; at: number }[]> = { a: [], b: [] };
      let now = 0;
      for (const { person, place, after } of steps) {
        now += after;
        const over = enter(sql, { person, place, max: MAX, life_ms: LIFE_MS }, now);
        expect(over).not.toContain(place);
        const left = open[person]!.filter((it) => it.at > now - LIFE_MS && it.place !== place);
        for (const it of over) expect(left.map((at) => at.place)).toContain(it);
        open[person] = [...left.filter((it) => !over.includes(it.place)), { place, at: now }];
        expect(open[person]!.length).toBeLessThanOrEqual(MAX);
        // Nobody is let go as long as there is room.
        expect(over.length).toBe(Math.max(0, left.length + 1 - MAX));
      }
    }),
  );
});

test("what is over takes no place, and its row goes in the end, whoever calls", () => {
  const sql = nodeSql();
  openBuckets(sql);
  for (const place of "12345") enter(sql, { person: "a", place, max: 5, life_ms: LIFE_MS }, 0);
  expect(enter(sql, { person: "b", place: "1", max: 5, life_ms: LIFE_MS }, LIFE_MS)).toEqual([]);
  expect(sql.exec("SELECT person, place FROM open_place")).toEqual([{ person: "b", place: "1" }]);
});
