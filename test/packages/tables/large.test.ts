import { beforeAll, expect, test } from "vitest";
import type { Sql } from "#base/sql";
import { table } from "#protocol/app-file/table";
import type { ImportAsk } from "#tables/csv/import-rows";
import type { TableStore } from "#tables/open-tables";
import type { SearchedTable } from "#tables/searched-by";
import { nodeTableStore } from "../../support/node-tables.ts";
import { nodeSql } from "../../support/sqlite.ts";

const ROWS = 100_000;
const PARTS: Record<string, SearchedTable> = {
  parts: {
    ...table.parse({
      title: "Parts",
      key: "part_number",
      columns: {
        part_number: { type: "text" },
        name: { type: "text" },
        shelf: { type: "text" },
        price: { type: "money" },
      },
      indexes: [["price"], ["name"]],
    }),
    searched: [["shelf"], ["name", "shelf"]],
  },
};

let store: TableStore;
let plans: string[] = [];

/** Every statement that looks at the table's rows is kept with its plan. */
function explained(inner: Sql): Sql {
  return {
    ...inner,
    exec: (query, ...params) => {
      if (/t_parts/.test(query) && !/^(CREATE|INSERT)/.test(query) && plans.length < 50)
        plans.push(
          ...inner.exec(`EXPLAIN QUERY PLAN ${query}`, ...params).map((it) => `${it.detail} -- ${query}`),
        );
      return inner.exec(query, ...params);
    },
  };
}

beforeAll(() => {
  store = nodeTableStore(PARTS, null, explained(nodeSql()));
  const ask: ImportAsk = {
    key: "all",
    table: "parts",
    columns: ["part_number", "name", "shelf", "price", null],
    mode: "insert",
    owner: { field: 4 },
    guarded: false,
  };
  for (let chunk = 0; chunk < ROWS / 500; chunk++) {
    const records = Array.from({ length: 500 }, (_, at) => {
      const n = chunk * 500 + at;
      const texts = [`P-${n}`, `Größe ${n % 5_000}`, `s${n % 1_000}`, `${n % 977}.50`, `user-${n % 50}`];
      return { line: n + 2, fields: texts.map((text) => ({ text, quoted: false })) };
    });
    store.stageChunk(ask, chunk, String(chunk), records);
  }
  store.commitImport(ask, ROWS / 500);
}, 60_000);

const LOOKS: [string, () => unknown, number][] = [
  ["get by key", () => store.get("user-7", "parts", { part_number: "p-57" }), 1],
  ["get by what a tool looks up", () => store.get("user-7", "parts", { shelf: "S7", name: "GRÖSSE 7" }), 1],
  ["find by a column that tools search", () => store.find("user-7", "parts", { shelf: "S7" }, 20), 20],
  ["find all of a person", () => store.find("user-7", "parts", {}, 20), 20],
  ["the first page", () => page({}), 50],
  ["a page by the key", () => page({ sort: { column: "part_number", descending: false } }), 50],
  ["a page by a declared index", () => page({ sort: { column: "price", descending: true } }), 50],
  ["a range", () => page({ filters: [{ column: "price", op: "gte", value: 976 }] }, "price"), 50],
  ["a prefix", () => page({ filters: [{ column: "name", op: "prefix", value: "größe 49" }] }, "name"), 50],
  [
    "one value of a declared index",
    () => page({ filters: [{ column: "name", op: "eq", value: "größe 49" }] }),
    20,
  ],
  ["an insert", () => store.insert("user-7", "parts", { part_number: "new" }, "k1"), 1],
  ["an update", () => store.update("user-7", "parts", { part_number: "new" }, { name: "x" }, "k2"), 1],
  ["the number of rows", () => store.owner.list(), 1],
];

function page(query: Partial<Parameters<TableStore["owner"]["page"]>[1]>, sort?: string) {
  const by = sort ? { column: sort, descending: false } : null;
  const whole = { filters: [], owner: null, sort: by, ...query };
  const first = store.owner.page("parts", whole, { cursor: null, limit: 50 });
  if (first.next_cursor) store.owner.page("parts", whole, { cursor: first.next_cursor, limit: 50 });
  return first.items;
}

test.each(LOOKS)("among 100,000 rows %s goes by an index, without a sort", (_, look, count) => {
  plans = [];
  const found = look();
  expect([found].flat()).toHaveLength(count);
  expect(plans.filter((it) => /USE TEMP B-TREE/.test(it))).toEqual([]);
  // A scan in the order of an index or of creation ends at the page's limit; any other reads the whole table.
  expect(plans.filter((it) => /SCAN/.test(it) && !/LIMIT/.test(it))).toEqual([]);
});

test("counts, bytes of a page and an export are right at 100,000 rows", () => {
  const rows = store.owner.list()[0]?.rows;
  let read = 0;
  for (let after: number | null = 0; after !== null; ) {
    const { rows: some, next } = store.owner.exportPage("parts", after);
    expect(some.length).toBeLessThanOrEqual(500);
    read += some.length;
    after = next;
  }
  expect(read).toBe(rows);
  expect(rows).toBe(store.count("parts", {}));
});

test("a new version's indexes are made, and those it no longer names are gone", () => {
  const sql = nodeSql();
  const small = nodeTableStore(PARTS, null, sql);
  const names = () =>
    sql
      .exec("SELECT sql FROM sqlite_master WHERE type = 'index' AND name GLOB 'i[0-9]*' ORDER BY sql")
      .map((it) => String(it.sql).replace(/^.* ON /, ""));
  expect(names()).toEqual([
    "t_parts (c_price)",
    "t_parts (f_name)",
    "t_parts (_owner, f_shelf)",
    "t_parts (_owner, f_name, f_shelf)",
  ]);
  const { parts } = PARTS;
  small.prepare({ parts: { ...parts!, indexes: [["shelf"], ["name"]], searched: [["name"]] } }, null);
  expect(names().sort()).toEqual(["t_parts (_owner, f_name)", "t_parts (f_name)", "t_parts (f_shelf)"]);
  small.prepare({ parts: { ...parts!, indexes: [["shelf"], ["name"]], searched: [["name"]] } }, null);
  expect(names()).toHaveLength(3);
});
