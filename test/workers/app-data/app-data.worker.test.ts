import { env, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { type Table, table } from "#protocol/app-file/table";
import type { Cell } from "#tables/tables";
import { appDataFor } from "#workers/app-data/app-data-for";
import { tablesFor } from "#workers/app-data/tables-for";
import { ORDER_TABLES } from "../../packages/tables/order-tables.ts";

const largest: Record<string, Table> = {
  notes: table.parse({
    title: "Notes",
    key: "c0",
    columns: Object.fromEntries(Array.from({ length: 46 }, (_, n) => [`c${n}`, { type: "text" }])),
  }),
};

test("rows, answers and table definitions outlive the object's eviction", async () => {
  const tables = tablesFor(env, "ent-evicted");
  await tables.prepare(ORDER_TABLES, "ann");
  const row = await tables.insert("ann", "refunds", { reason: "broken" }, "run/1/1");
  await evictDurableObject(appDataFor(env, "ent-evicted"));
  expect(await tables.insert("ann", "refunds", { reason: "again" }, "run/1/1")).toEqual(row);
  expect(await tables.find("ann", "refunds", {}, 20)).toEqual([row]);
  expect(await tables.count("orders", {})).toBe(2);
});

test("T07 tenants see nothing of each other, whatever the same user id writes", async () => {
  const one = tablesFor(env, "ent-one");
  const two = tablesFor(env, "ent-two");
  await one.prepare(ORDER_TABLES, null);
  await two.prepare(ORDER_TABLES, null);
  await one.insert("ann", "orders", { order_number: "A-1001", product: "Lamp" }, "k");
  await one.insert("ann", "faq", { question: "Where?" }, "k2");
  expect(await two.get("ann", "orders", { order_number: "A-1001" })).toBeNull();
  expect(await two.find("ann", "faq", {}, 20)).toEqual([]);
  expect(await two.count("orders", {})).toBe(0);
  const same = await two.insert("ann", "orders", { order_number: "A-1001", product: "Desk" }, "k");
  expect(same.values.product).toBe("Desk");
  expect((await one.get("ann", "orders", { order_number: "A-1001" }))?.values.product).toBe("Lamp");
});

test("a refusal crosses as its code, message and details, and the next call works", async () => {
  const tables = tablesFor(env, "ent-refused");
  await tables.prepare(ORDER_TABLES, null);
  await expect(
    tables.insert("ann", "orders", { order_number: "A-1", color: "red" }, "k"),
  ).rejects.toMatchObject({
    name: "AppError",
    code: "BAD_REQUEST",
    details: { issues: [{ path: "order_number" }, { path: "color" }] },
  });
  await tables.insert("ann", "orders", { order_number: "A-1001" }, "k");
  await expect(
    tables.insert("ben", "orders", { order_number: "a-1001".toUpperCase() }, "k2"),
  ).rejects.toMatchObject({
    code: "CONFLICT",
  });
  expect(await tables.count("orders", {})).toBe(1);
});

test("every type goes through the object's SQLite unchanged", async () => {
  const tables = tablesFor(env, "ent-types");
  await tables.prepare(ORDER_TABLES, null);
  const values = {
    order_number: "A-1001",
    product: "Größe '; --",
    status: "Shipped",
    total: -999_999_999_999.99,
    items: Number.MAX_SAFE_INTEGER,
    weight: 0.1,
    paid: true,
    due: "2028-02-29",
    placed_at: "2026-01-05T09:30:00.000Z",
    contact: "Ann@Example.com",
  };
  await tables.insert("ann", "orders", values, "k");
  expect((await tables.get("ann", "orders", { product: "GRÖSSE '; --" }))?.values).toEqual(values);
  const each: Record<string, Cell>[] = [
    { items: values.items },
    { total: values.total },
    { paid: true },
    { contact: "ann@example.COM" },
  ];
  for (const by of each) expect(await tables.count("orders", by)).toBe(1);
});

test("F37 the largest row and statement there can be fit the object's limits", async () => {
  const tables = tablesFor(env, "ent-large");
  await tables.prepare(largest, null);
  const columns = Object.keys(largest.notes?.columns ?? {});
  const values = Object.fromEntries(columns.map((name) => [name, "ΐ".repeat(4_000)]));
  await tables.insert("ann", "notes", values, "k");
  const emptied = Object.fromEntries(columns.map((name) => [name, "\u0001".repeat(4_000)]));
  await tables.update("ann", "notes", values, emptied, "k2");
  expect(await tables.count("notes", emptied)).toBe(1);
});

test("a version that conflicts changes nothing", async () => {
  const tables = tablesFor(env, "ent-conflict");
  await tables.prepare(ORDER_TABLES, null);
  const refunds = table.parse({
    title: "Refunds",
    key: "refund_number",
    columns: { refund_number: { type: "text" }, reason: { type: "integer" } },
  });
  await expect(tables.prepare({ ...largest, refunds }, "ann")).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(tables.count("notes", {})).rejects.toMatchObject({ code: "BAD_REQUEST" });
  expect((await tables.insert("ann", "refunds", { reason: "x" }, "k")).values.refund_number).toBe("R-1001");
});

test("concurrent inserts get a number each", async () => {
  const tables = tablesFor(env, "ent-numbers");
  await tables.prepare(ORDER_TABLES, null);
  const rows = await Promise.all(
    Array.from({ length: 20 }, (_, n) => tables.insert("ann", "refunds", { reason: "x" }, `k${n % 10}`)),
  );
  expect(new Set(rows.map((row) => row.values.refund_number)).size).toBe(10);
  expect(await tables.count("refunds", {})).toBe(10);
});

test("a scratch copy is apart from the live data and deletes itself in time", async () => {
  const live = tablesFor(env, "ent-scratch");
  const scratch = tablesFor(env, "ent-scratch", "build-1");
  await live.prepare(ORDER_TABLES, null);
  await scratch.prepare(ORDER_TABLES, "ann");
  expect(await scratch.count("orders", {})).toBe(2);
  expect(await live.count("orders", {})).toBe(0);
  expect(await runDurableObjectAlarm(appDataFor(env, "ent-scratch"))).toBe(false);
  expect(await runDurableObjectAlarm(appDataFor(env, "ent-scratch", "build-1"))).toBe(true);
  await expect(scratch.count("orders", {})).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("destroy leaves nothing behind, and the object can be prepared anew", async () => {
  const tables = tablesFor(env, "ent-destroyed");
  await tables.prepare(ORDER_TABLES, "ann");
  await tables.destroy();
  const left = await runInDurableObject(appDataFor(env, "ent-destroyed"), (_, state) =>
    state.storage.sql
      .exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'")
      .toArray(),
  );
  expect(left).toEqual([]);
  await tables.prepare(ORDER_TABLES, "ann");
  expect(await tables.count("orders", {})).toBe(2);
  expect(await tables.removeSamples()).toBe(2);
});
