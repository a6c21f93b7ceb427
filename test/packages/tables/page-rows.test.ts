import fc from "fast-check";
import { expect, test } from "vitest";
import { table } from "#protocol/app-file/table";
import { foldCase } from "#tables/fold-case";
import type { RowQuery } from "#tables/row-query";
import type { Row } from "#tables/tables";
import { nodeTableStore } from "../../support/node-tables.ts";
import { codeOf } from "./order-tables.ts";

const THINGS = {
  things: table.parse({
    title: "Things",
    key: "code",
    columns: { code: { type: "text" }, name: { type: "text" }, size: { type: "integer" } },
    indexes: [["name"]],
  }),
};
const name = fc.option(fc.constantFrom("a", "A", "b", "é", "É", "it's", '"x"', "%", "c".repeat(300)), {
  nil: null,
});
const size = fc.option(fc.integer({ min: -2, max: 2 }), { nil: null });
const sort = fc.option(
  fc.record({ column: fc.constantFrom("name", "size", "code"), descending: fc.boolean() }),
  { nil: null },
);
const filter = fc.oneof(
  fc.record({
    column: fc.constant("name"),
    op: fc.constantFrom("eq", "prefix", "contains"),
    value: fc.constantFrom("a", "É", "'", "c"),
  }),
  fc.record({
    column: fc.constant("size"),
    op: fc.constantFrom("eq", "gt", "gte", "lt", "lte"),
    value: fc.integer({ min: -2, max: 2 }),
  }),
  fc.constant({ column: "size", op: "empty" as const, value: null }),
);
const change = fc.oneof(
  fc.record({ kind: fc.constant("add" as const), name, size }),
  fc.record({ kind: fc.constant("remove" as const), at: fc.nat(30) }),
  fc.record({ kind: fc.constant("change" as const), at: fc.nat(30), name, size }),
);

/** The order that pages have, by a model: nulls first upwards. */
function inOrder(rows: Row[], query: RowQuery): Row[] {
  const { sort: by } = query;
  const way = (by?.descending ?? true) ? -1 : 1;
  const value = (row: Row) => {
    const it = by ? (row.values[by.column] ?? null) : null;
    return typeof it === "string" ? foldCase(it) : it;
  };
  const seq = (row: Row) => Number(row.id.split("_")[1]);
  return rows.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === y) return way * (seq(a) - seq(b));
    if (x === null || y === null) return x === null ? -way : way;
    return way * (x < y ? -1 : 1);
  });
}

function matches(row: Row, query: RowQuery): boolean {
  return query.filters.every(({ column, op, value }) => {
    const raw = row.values[column] ?? null;
    if (op === "empty") return raw === null;
    if (raw === null || value === null) return false;
    const [a, b] = [raw, value].map((it) => (typeof it === "string" ? foldCase(it) : it)) as [string, string];
    const verdicts = { eq: a === b, gt: a > b, gte: a >= b, lt: a < b, lte: a <= b };
    return op === "prefix" ? a.startsWith(b) : op === "contains" ? a.includes(b) : verdicts[op];
  });
}

test("T59 pages of any sort and filter are those of an array, while rows come, change and go", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ name, size }), { maxLength: 25 }),
      sort,
      fc.array(filter, { maxLength: 2 }),
      fc.integer({ min: 1, max: 7 }),
      fc.array(change, { maxLength: 6 }),
      (start, by, filters, limit, changes) => {
        const store = nodeTableStore(THINGS, null);
        let next = 0;
        const add = (values: { name: string | null; size: number | null }) =>
          store.owner.add("ann", "things", { ...values, code: `K${next}` }, `k${next++}`);
        for (const values of start) add(values);
        const all = () => {
          const page = store.owner.exportPage("things", 0);
          expect(store.owner.list()[0]?.rows).toBe(page.rows.length);
          return page.rows;
        };
        const query: RowQuery = { owner: null, sort: by, filters };
        const still = new Map(
          all()
            .filter((it) => matches(it, query))
            .map((it) => [it.id, it]),
        );
        const seen: Row[] = [];
        let cursor: string | null = null;
        let turn = 0;
        do {
          const page = store.owner.page("things", query, { cursor, limit });
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items);
          cursor = page.next_cursor;
          expect(turn).toBeLessThan(100);
          const it = changes[turn++];
          const rows = all();
          const victim = it && "at" in it ? rows[it.at % Math.max(1, rows.length)] : undefined;
          if (it?.kind === "add") add({ name: it.name, size: it.size });
          if (victim) still.delete(victim.id);
          if (it?.kind === "remove" && victim) expect(store.owner.remove("things", victim.id)).toBe(true);
          if (it?.kind === "change" && victim)
            store.owner.change("things", victim.id, { name: it.name, size: it.size });
        } while (cursor !== null);
        // Rows nobody touched come once, in order; no row is shown twice unless it moved.
        const untouched = seen.filter((it) => still.has(it.id));
        expect(untouched).toEqual(inOrder([...still.values()], query));
        const unchanged = seen.map((it) => it.id).filter((id) => still.has(id));
        expect(new Set(unchanged).size).toBe(unchanged.length);
      },
    ),
    { seed: 11, numRuns: 400 },
  );
});

test("T59 what is no cursor, column or value of a table is refused, and names never reach the SQL", () => {
  const store = nodeTableStore(THINGS, null);
  const ask = (query: Partial<RowQuery>, cursor: string | null = null) =>
    codeOf(() =>
      store.owner.page("things", { filters: [], owner: null, sort: null, ...query }, { cursor, limit: 5 }),
    );
  for (const column of ["nope", "_owner", "name; DROP TABLE t_things", "constructor", "__proto__", '"'])
    expect([
      ask({ sort: { column, descending: true } }),
      ask({ filters: [{ column, op: "eq", value: "x" }] }),
    ]).toEqual(["BAD_REQUEST", "BAD_REQUEST"]);
  for (const cursor of ["", "x", "bnVsbA", btoa("[1]"), btoa('[{},"x"]'), btoa("[null,1.5]"), "🙂"])
    expect(ask({}, cursor)).toBe("BAD_REQUEST");
  expect(ask({ filters: [{ column: "size", op: "contains", value: 1 }] })).toBe("BAD_REQUEST");
  expect(ask({ filters: [{ column: "size", op: "gt", value: "1" }] })).toBe("BAD_REQUEST");
  expect(store.count("things", {})).toBe(0);
});
