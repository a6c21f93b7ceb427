import { expect, test } from "vitest";
import { type Table, table } from "#protocol/app-file/table";
import { openTables } from "#tables/open-tables";
import { SAMPLE_PERSON } from "#tables/seed-samples";
import { selectRows } from "#tables/select-rows";
import { nodeTableStore, tickingClock } from "../../support/node-tables.ts";
import { nodeSql } from "../../support/sqlite.ts";
import { codeOf, ORDER_TABLES } from "./order-tables.ts";

type Columns = Record<string, { type: string; [rule: string]: unknown }>;

function notes(columns: Columns, more: Record<string, unknown> = {}): Record<string, Table> {
  return { notes: table.parse({ title: "Notes", key: "name", columns, ...more }) };
}
const V1 = notes({ name: { type: "text" }, body: { type: "text", required: true } });

test("a new version adds tables and columns, and rows keep what they had", () => {
  const store = nodeTableStore(V1, null);
  store.insert("ann", "notes", { name: "n1", body: "hello" }, "k1");
  const columns = { name: { type: "text" }, body: { type: "text" }, stars: { type: "integer", default: 3 } };
  store.prepare({ ...notes(columns), ...ORDER_TABLES }, null);
  expect(store.get("ann", "notes", { name: "N1" })?.values).toEqual({ name: "n1", body: "hello", stars: 3 });
  expect(store.find("ann", "notes", { stars: 3 }, 5)).toHaveLength(1);
  expect(store.count("orders", {})).toBe(0);
});

test("a column that a version leaves out stays for chats of older versions, required no more", () => {
  const store = nodeTableStore(V1, null);
  store.insert("ann", "notes", { name: "n1", body: "hello" }, "k1");
  store.prepare(notes({ name: { type: "text" } }), null);
  store.insert("ann", "notes", { name: "n2" }, "k2");
  store.insert("ann", "notes", { name: "n3", body: "old chat" }, "k3");
  expect(store.find("ann", "notes", {}, 5).map((row) => row.values.body)).toEqual([
    "old chat",
    null,
    "hello",
  ]);
});

test("a table that a version leaves out keeps its rows", () => {
  const store = nodeTableStore(V1, null);
  store.insert("ann", "notes", { name: "n1", body: "hello" }, "k1");
  store.prepare({}, null);
  expect(store.count("notes", {})).toBe(1);
});

test.each<[string, Record<string, Table>]>([
  ["another type", notes({ name: { type: "text" }, body: { type: "integer" } })],
  ["people's own rows shared", notes({ name: { type: "text" } }, { owner: "shared" })],
  ["a key that rows have twice", notes({ name: { type: "text" }, body: { type: "text" } }, { key: "body" })],
])("%s is refused as a conflict, and nothing of that version is kept", (_, tables) => {
  const store = nodeTableStore(V1, null);
  store.insert("ann", "notes", { name: "n1", body: "same" }, "k1");
  store.insert("ann", "notes", { name: "n2", body: "SAME" }, "k2");
  expect(codeOf(() => store.prepare({ ...ORDER_TABLES, ...tables }, "ann"))).toBe("CONFLICT");
  expect(codeOf(() => store.count("orders", {}))).toBe("BAD_REQUEST");
  expect(store.insert("ann", "notes", { name: "n3", body: "x" }, "k3").values).toEqual({
    name: "n3",
    body: "x",
  });
});

test("a type can't come back changed after a version without the column", () => {
  const store = nodeTableStore(V1, null);
  store.prepare(notes({ name: { type: "text" } }), null);
  const changed = notes({ name: { type: "text" }, body: { type: "number" } });
  expect(codeOf(() => store.prepare(changed, null))).toBe("CONFLICT");
});

test("a new key column is unique from then on, the old one no more", () => {
  const store = nodeTableStore(V1, null);
  store.insert("ann", "notes", { name: "n1", body: "b1" }, "k1");
  store.prepare(notes({ name: { type: "text" }, body: { type: "text" } }, { key: "body" }), null);
  store.insert("ann", "notes", { name: "n1", body: "b2" }, "k2");
  expect(codeOf(() => store.insert("ann", "notes", { name: "n2", body: "B1" }, "k3"))).toBe("CONFLICT");
});

test("a prefix that comes later counts on from the numbers that are there", () => {
  const store = nodeTableStore(V1, null);
  for (const name of ["N-1500", "N-12x", "N-", "n-1600", "M-9000"])
    store.insert("ann", "notes", { name, body: "x" }, name);
  store.prepare(notes({ name: { type: "text" }, body: { type: "text" } }, { key_prefix: "N-" }), null);
  expect(store.insert("ann", "notes", { body: "y" }, "k").values.name).toBe("N-1601");
});

test.each<[string, Record<string, Table>]>([
  ["a key that is no column", notes({ body: { type: "text" } })],
  ["a prefix on a number", notes({ name: { type: "integer" } }, { key_prefix: "N-" })],
  ["a default that does not fit", notes({ name: { type: "text" }, due: { type: "date", default: "soon" } })],
  ["a pattern out of bounds", notes({ name: { type: "text", pattern: "(?=a)" } })],
  ["a sample that does not fit", notes({ name: { type: "text" } }, { sample: [{ values: { name: 5 } }] })],
  [
    "more columns than SQLite takes",
    notes(
      Object.fromEntries(
        Array.from({ length: 50 }, (_, n) => [`c${n}`, { type: "text" }]).concat([
          ["name", { type: "text" }],
        ]),
      ),
    ),
  ],
])("%s is refused before anything exists", (_, tables) => {
  const store = nodeTableStore(ORDER_TABLES, null);
  expect(codeOf(() => store.prepare(tables, "ann"))).toBe("BAD_REQUEST");
  expect(codeOf(() => store.count("notes", {}))).toBe("BAD_REQUEST");
});

test.each([`n"; DROP TABLE _tables; --`, "_effects", "Notes", "a b"])(
  "T59 a table or column named %j is refused even where no schema looked",
  (name) => {
    const good = V1.notes as Table;
    const store = nodeTableStore(V1, null);
    expect(codeOf(() => store.prepare({ [name]: good }, null))).toBe("BAD_REQUEST");
    const columns = { ...good.columns, [name]: { type: "text" as const, required: false } };
    expect(codeOf(() => store.prepare({ notes: { ...good, columns } }, null))).toBe("BAD_REQUEST");
  },
);

test("names that are words of SQL or of JavaScript work", () => {
  const columns = { select: { type: "text" }, constructor: { type: "text" }, order: { type: "integer" } };
  const tables = { group: table.parse({ title: "x", key: "select", columns }) };
  const store = nodeTableStore(tables, null);
  store.insert("ann", "group", { select: "s", constructor: "c", order: 1 } as never, "k");
  expect(store.get("ann", "group", { order: 1 })?.values.select).toBe("s");
});

test("samples belong to the creator or to an invented person, and are flagged", () => {
  const store = nodeTableStore(ORDER_TABLES, "creator-1");
  const mine = store.find("creator-1", "orders", {}, 5);
  expect(mine.map((row) => [row.values.order_number, row.sample])).toEqual([["A-1001", true]]);
  expect(store.find(SAMPLE_PERSON, "orders", {}, 5).map((row) => row.values.order_number)).toEqual([
    "A-1002",
  ]);
  expect(store.find("someone", "orders", {}, 5)).toEqual([]);
});

test("samples are written once: not doubled by the next version, not brought back once removed", () => {
  const store = nodeTableStore(ORDER_TABLES, "ann");
  store.prepare(ORDER_TABLES, "ann");
  expect(store.count("orders", {})).toBe(2);
  store.insert("ann", "orders", { order_number: "A-2000" }, "k");
  expect(store.removeSamples()).toBe(2);
  expect(store.removeSamples()).toBe(0);
  store.prepare(ORDER_TABLES, "ann");
  expect(store.find("ann", "orders", {}, 5).map((row) => row.values.order_number)).toEqual(["A-2000"]);
});

test("a sample whose key a real row has is left out", () => {
  const store = nodeTableStore(ORDER_TABLES, null);
  store.insert("ann", "orders", { order_number: "a-1001".toUpperCase(), product: "Real" }, "k");
  store.prepare(ORDER_TABLES, "ann");
  expect(store.get("ann", "orders", { order_number: "A-1001" })).toMatchObject({
    sample: false,
    values: { product: "Real" },
  });
  expect(store.count("orders", {})).toBe(2);
});

test("what was prepared is remembered by the database, not by the process", () => {
  const sql = nodeSql();
  let ids = 0;
  const open = () => openTables({ sql, clock: tickingClock(), newId: (prefix) => `${prefix}_${++ids}` });
  const first = open();
  first.prepare(ORDER_TABLES, "ann");
  const row = first.insert("ann", "refunds", { reason: "x" }, "k");
  expect(open().insert("ann", "refunds", { reason: "y" }, "k")).toEqual(row);
  expect(open().insert("ann", "refunds", { reason: "y" }, "k2").values.refund_number).toBe("R-1002");
});

test("F37 among 10,000 rows a row is found by its key through the index, and one's own through the owner's", () => {
  const sql = nodeSql();
  let ids = 0;
  const store = openTables({ sql, clock: tickingClock(), newId: (prefix) => `${prefix}_${++ids}` });
  store.prepare(ORDER_TABLES, null);
  sql.transaction(() => {
    for (let n = 0; n < 10_000; n++)
      sql.exec(
        `INSERT INTO t_orders (_id, _owner, _sample, _created_at, _updated_at, c_order_number, f_order_number)
         VALUES (?, ?, 0, 0, 0, ?, ?)`,
        `r${n}`,
        `user-${n % 100}`,
        `A-${10_000 + n}`,
        `A-${10_000 + n}`,
      );
  });
  const spec = ORDER_TABLES.orders as Table;
  const plan = (by: Record<string, string>, who: string | null) => {
    const { query, params } = selectRows("orders", spec, by, who, 20);
    return sql
      .exec(`EXPLAIN QUERY PLAN ${query}`, ...params)
      .map((step) => step.detail)
      .join("; ");
  };
  expect(plan({ order_number: "a-12345" }, "user-45")).toMatch(/USING INDEX k_orders \(f_order_number=\?\)/);
  expect(plan({ order_number: "a-12345" }, null)).toMatch(/USING INDEX k_orders/);
  expect(plan({}, "user-45")).toBe("SEARCH t_orders USING INDEX o_orders (_owner=?)");
  expect(store.get("user-45", "orders", { order_number: "a-12345" })?.values.order_number).toBe("A-12345");
});

test("F37 the largest row there can be is stored and found", () => {
  const texts = Object.fromEntries(Array.from({ length: 45 }, (_, n) => [`c${n}`, { type: "text" }]));
  const store = nodeTableStore(notes({ name: { type: "text" }, ...texts }), null);
  const values = Object.fromEntries(Object.keys(texts).map((name) => [name, "ΐ".repeat(4_000)]));
  store.insert("ann", "notes", { name: "n", ...values }, "k");
  expect(store.get("ann", "notes", { name: "n", ...values })?.values.c44).toBe("ΐ".repeat(4_000));
});
