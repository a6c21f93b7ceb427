import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { Sql } from "#base/sql";
import { answer } from "#workers/app-data/answer";
import { nodeTableStore } from "../../support/node-tables.ts";
import { nodeSql } from "../../support/sqlite.ts";
import { ORDER_TABLES } from "./order-tables.ts";

/** Throws at the n-th statement that writes, as a full SQLite does; `left` null: never. */
function failing(inner: Sql): Sql & { left: number | null } {
  const it = {
    ...inner,
    left: null as number | null,
    exec: (query: string, ...params: (string | number | null)[]) => {
      if (it.left !== null && /^\s*(INSERT|UPDATE|DELETE)/.test(query) && it.left-- === 0)
        throw new Error("database or disk is full: SQLITE_FULL");
      return inner.exec(query, ...params);
    },
  };
  return it;
}

test("F38 whichever write finds no room, nothing of the call is kept and the error says so", () => {
  for (let at = 0; at < 6; at++) {
    const sql = failing(nodeSql());
    const store = nodeTableStore(ORDER_TABLES, "ann", sql);
    const before = store.owner.list().map(({ name, rows }) => ({ name, rows }));
    const add = () => answer(() => store.insert("ann", "refunds", { reason: "x" }, "k"));
    sql.left = at;
    const refused = add();
    const tooFar = sql.left !== null && sql.left >= 0;
    sql.left = null;
    if (tooFar) continue;
    expect(refused).toMatchObject({ ok: false, code: "STORAGE_FULL" });
    expect(store.owner.list().map(({ name, rows }) => ({ name, rows }))).toEqual(before);
    // With room again the same call is made as if it had never failed.
    expect(add()).toMatchObject({ ok: true, value: { values: { refund_number: "R-1001" } } });
  }
});

test("SQLite's own message for no room is known", () => {
  const db = new DatabaseSync(":memory:");
  db.exec("CREATE TABLE t (x TEXT); PRAGMA max_page_count = 3");
  const given = answer(() => db.exec(`INSERT INTO t VALUES ('${"x".repeat(100_000)}')`));
  expect(given).toMatchObject({ ok: false, code: "STORAGE_FULL" });
});
