import fc from "fast-check";
import { expect, test } from "vitest";
import { table } from "#protocol/app-file/table";
import { guardFormula, unguardFormula } from "#tables/csv/formula";
import type { ImportAsk } from "#tables/csv/import-rows";
import { CsvProblem, type CsvRecord, csvReader } from "#tables/csv/read-csv";
import { csvHeader, csvRows } from "#tables/csv/write-csv";
import { openTables, type TableStore } from "#tables/open-tables";
import { nodeTableStore } from "../../support/node-tables.ts";
import { nodeSql } from "../../support/sqlite.ts";
import { codeOf } from "./order-tables.ts";

const NOTES = {
  notes: table.parse({
    title: "Notes",
    key: "code",
    columns: {
      code: { type: "text" },
      body: { type: "text" },
      status: { type: "enum", values: ["Open", "On hold"] },
      count: { type: "integer" },
      ratio: { type: "number" },
      price: { type: "money" },
      done: { type: "boolean" },
      due: { type: "date" },
      at: { type: "datetime" },
    },
  }),
};
const nil = { nil: null };
const odd = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom(
    "",
    " ",
    '"',
    '""',
    "a,b",
    "a\r\nb",
    "\n",
    "\r",
    "=1+1",
    "'=1",
    "''@x",
    "-5",
    "\t",
    "\ufeff",
    "null",
    "'; --",
  ),
);
const text = odd.map((it) => it.replaceAll("\0", "").toWellFormed());
const values = fc.record({
  body: fc.option(text, nil),
  status: fc.option(fc.constantFrom("Open", "On hold"), nil),
  count: fc.option(fc.maxSafeInteger(), nil),
  ratio: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), nil),
  price: fc.option(
    fc.integer({ min: -1e9, max: 1e9 }).map((it) => it / 100),
    nil,
  ),
  done: fc.option(fc.boolean(), nil),
  due: fc.option(fc.constantFrom("2028-02-29", "1999-12-31"), nil),
  at: fc.option(fc.constant("2026-01-05T09:30:00.000Z"), nil),
});

function read(csv: string, pieces: readonly number[] = []): CsvRecord[] {
  const reader = csvReader();
  const records: CsvRecord[] = [];
  let from = 0;
  for (const size of pieces) {
    records.push(...reader.push(csv.slice(from, from + size)));
    from += size;
  }
  records.push(...reader.push(csv.slice(from)));
  const last = reader.end();
  return last ? [...records, last] : records;
}

function exported(store: TableStore, guard: boolean, meta = false): string {
  const spec = store.owner.list()[0]!.spec;
  const style = { guard, meta };
  return csvHeader(spec, style) + csvRows(spec, store.owner.exportPage("notes", 0).rows, style);
}

function taken(store: TableStore, csv: string, more: Partial<ImportAsk> = {}, key = "k") {
  const [header, ...rows] = read(csv);
  const columns = header!.fields.map(({ text: it }) => (it.startsWith("_") ? null : it));
  const ask = {
    key,
    table: "notes",
    columns,
    mode: "insert",
    owner: { id: "ann" },
    guarded: true,
    ...more,
  } as const;
  store.stageChunk(ask as ImportAsk, 0, csv, rows);
  return store.commitImport(ask as ImportAsk, 1);
}

test("T59 what is exported and taken in again is the same, whatever stands in it", () => {
  fc.assert(
    fc.property(fc.array(values, { maxLength: 8 }), fc.boolean(), (rows, guard) => {
      const one = nodeTableStore(NOTES, null);
      for (const [at, it] of rows.entries())
        one.insert(`u${at % 3}`, "notes", { ...it, code: `N'${at}"` }, `k${at}`);
      const csv = exported(one, guard, true);
      const two = nodeTableStore(NOTES, null);
      const result = taken(two, csv, { guarded: guard, owner: { field: 1 } });
      expect(result).toEqual({
        lines: rows.length,
        inserted: rows.length,
        updated: 0,
        failed: 0,
        errors: [],
      });
      const plain = (store: TableStore) =>
        store.owner.exportPage("notes", 0).rows.map(({ owner, values: it }) => ({ owner, it }));
      expect(plain(two)).toEqual(plain(one));
      // Once more over what is there changes nothing.
      expect(taken(two, csv, { guarded: guard, mode: "upsert" }, "again").updated).toBe(rows.length);
      expect(plain(two)).toEqual(plain(one));
    }),
    { seed: 5, numRuns: 250 },
  );
});

test("a reader that gets its text in any pieces reads the same records", () => {
  const field = fc.record({ text: text.map((it) => it.replaceAll("\ufeff", "")), quoted: fc.constant(true) });
  fc.assert(
    fc.property(
      fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
      fc.array(fc.nat(9), { maxLength: 20 }),
      fc.constantFrom("\r\n", "\n", "\r"),
      (records, pieces, end) => {
        const csv = records
          .map((it) => it.map((one) => `"${one.text.replaceAll('"', '""')}"`).join(",") + end)
          .join("");
        expect(read(csv, pieces).map((it) => it.fields)).toEqual(records);
      },
    ),
    { seed: 3, numRuns: 500 },
  );
});

test("an empty field, a missing last line end, blank lines and a byte order mark", () => {
  expect(
    read('\ufeffa,b\n\n"",\n,x').map(({ line, fields }) => [line, ...fields.map((it) => it.text)]),
  ).toEqual([
    [1, "a", "b"],
    [3, "", ""],
    [4, "", "x"],
  ]);
  for (const broken of ['a"b', '"a"b', '"a', '"a\n']) expect(() => read(broken)).toThrow(CsvProblem);
});

test("no text is calculated by a spreadsheet, and the guard is taken off again", () => {
  fc.assert(
    fc.property(text, (it) => {
      expect(guardFormula(it)).not.toMatch(/^[=+\-@\t\r]/);
      expect(unguardFormula(guardFormula(it))).toBe(it);
    }),
    { seed: 2 },
  );
});

test("good lines are written and wrong ones named by line", () => {
  const store = nodeTableStore(NOTES, null);
  const result = taken(
    store,
    'code,count,done,due\nA,1,yes,2026-01-01\nB,one,no,\nA,2,0,\nC,3,maybe,2026-02-30\nD\n"E",,,\n',
  );
  expect(result).toEqual({
    lines: 6,
    inserted: 2,
    updated: 0,
    failed: 4,
    errors: [
      { line: 3, message: "count must be a whole number." },
      { line: 4, message: "There is already a row with this code." },
      { line: 5, message: "done must be true or false; due must be a date like 2026-01-31." },
      { line: 6, message: "line has 1 fields, not 4." },
    ],
  });
  expect(store.count("notes", {})).toBe(2);
});

test("an import is repeated without effect, and keeps to what was asked", () => {
  const store = nodeTableStore(NOTES, null);
  const first = taken(store, "code\nA\nB\n");
  expect(taken(store, "code\nA\nB\n")).toEqual(first);
  expect(codeOf(() => taken(store, "code\nA\nC\n"))).toBe("IDEMPOTENCY_MISMATCH");
  expect(codeOf(() => taken(store, "code\nA\nB\n", { mode: "upsert" }))).toBe("IDEMPOTENCY_MISMATCH");
  expect(codeOf(() => taken(store, "code,nope\nA,B\n", {}, "k2"))).toBe("BAD_REQUEST");
  expect(codeOf(() => taken(store, "body\nA\n", { mode: "upsert" }, "k3"))).toBe("BAD_REQUEST");
  expect(store.count("notes", {})).toBe(2);
});

test("a column may be called by its title, in any case; its name counts first", () => {
  const spec = table.parse({
    ...{ title: "Orders", key: "order_number" },
    columns: {
      order_number: { type: "text", title: "Order number" },
      item: { type: "text", title: "Size" },
      size: { type: "text", title: "Item" },
    },
  });
  const store = nodeTableStore({ orders: spec }, null);
  const done = taken(store, "Order Number,item,size\nA-1,Teapot,XL\n", { table: "orders" });
  expect(done).toMatchObject({ inserted: 1, failed: 0 });
  expect(store.find("ann", "orders", {}, 9)).toEqual([
    expect.objectContaining({ values: { order_number: "A-1", item: "Teapot", size: "XL" } }),
  ]);
  const twice = () => taken(store, "Order number,order_number\nA-1,A-2\n", { table: "orders" }, "k2");
  expect(codeOf(twice)).toBe("BAD_REQUEST");
});

/** An import in chunks of one line each. */
function inChunks(store: TableStore, more: Partial<ImportAsk> = {}) {
  const ask: ImportAsk = {
    ...{ key: "k", table: "notes", columns: ["code"], mode: "insert", owner: { id: "ann" }, guarded: true },
    ...more,
  };
  return {
    stage: (n: number, code = `C${n}`) =>
      store.stageChunk(ask, n, `digest ${code}`, [{ line: n + 2, fields: [{ text: code, quoted: false }] }]),
    commit: (chunks: number) => store.commitImport(ask, chunks),
  };
}

test("of an import nothing is there before its end; cut off, it is sent again and leaves none out", () => {
  const store = nodeTableStore(NOTES, null);
  const { stage, commit } = inChunks(store);
  stage(0);
  stage(1);
  expect(codeOf(() => stage(3))).toBe("CONFLICT");
  expect(codeOf(() => commit(3))).toBe("CONFLICT");
  expect(store.count("notes", {})).toBe(0);
  // The same body once more, from its start.
  for (const n of [0, 1, 2]) stage(n);
  const result = { lines: 3, inserted: 3, updated: 0, failed: 0, errors: [] };
  expect(commit(3)).toEqual(result);
  // And again when it has been taken in; a longer or shorter one is another.
  for (const n of [0, 1, 2]) stage(n);
  expect(commit(3)).toEqual(result);
  expect(codeOf(() => stage(3))).toBe("IDEMPOTENCY_MISMATCH");
  expect(codeOf(() => commit(2))).toBe("IDEMPOTENCY_MISMATCH");
  store.dropImport("k");
  expect(commit(3)).toEqual(result);
  expect(store.count("notes", {})).toBe(3);
});

test("a try and an import that is whole or not at all see every chunk, and leave the table as it was", () => {
  const store = nodeTableStore(NOTES, null);
  const wrong = { line: 4, message: "There is already a row with this code." };
  for (const more of [{ dry: true }, { whole: true }]) {
    const { stage, commit } = inChunks(store, more);
    for (const [n, code] of ["A", "B", "A"].entries()) stage(n, code);
    const inserted = "dry" in more ? 2 : 0;
    // Asked twice, as after a lost answer, it says the same.
    for (const _ of [1, 2])
      expect(commit(3)).toEqual({ lines: 3, inserted, updated: 0, failed: 1, errors: [wrong] });
    expect(store.count("notes", {})).toBe(0);
    store.dropImport("k");
    // What was forgotten is no import any more: its key is free.
    stage(0, "Z");
    store.dropImport("k");
  }
});

test("letters beyond the basic plane are the same behind an import, wherever what is put aside is cut", () => {
  for (const shift of ["", "x"]) {
    const store = nodeTableStore(NOTES, null);
    const body = `${shift}${"😀".repeat(900)}`;
    const lines = Array.from({ length: 400 }, (_, at) => `L${at},${body}`);
    const result = { lines: 400, inserted: 400, updated: 0, failed: 0, errors: [] };
    expect(taken(store, `code,body\n${lines.join("\n")}\n`)).toEqual(result);
    const { rows } = store.owner.exportPage("notes", 0);
    expect(rows.filter((row) => row.values.body !== body)).toEqual([]);
  }
});

test("a line of more fields than any sheet has columns is refused by its number", () => {
  expect(() => read(`a,b\n${",".repeat(20_000)}\n`)).toThrow(CsvProblem);
});

test("an import that nobody ends is forgotten after a day", () => {
  const sql = nodeSql();
  let now = 1_800_000_000_000;
  const store = openTables({ sql, clock: { now: () => now }, newId: (prefix) => `${prefix}${now}` });
  store.prepare(NOTES, null);
  inChunks(store).stage(0);
  now += 25 * 3_600_000;
  inChunks(store, { key: "other" }).stage(0);
  expect(sql.exec("SELECT key FROM _import_lines")).toEqual([{ key: "other" }]);
});
