import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { table } from "#protocol/app-file/table";
import { openTables } from "#tables/open-tables";
import { appDataFor } from "#workers/app-data/app-data-for";
import { tablesFor } from "#workers/app-data/tables-for";
import { call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp, worker } from "./client.ts";

const TABLES = {
  parts: {
    ...table.parse({
      title: "Parts",
      key: "part_number",
      key_prefix: "P-",
      columns: {
        part_number: { type: "text" },
        name: { type: "text", required: true },
        price: { type: "money" },
      },
      indexes: [["name"]],
    }),
    searched: [["name"]],
  },
};

let ann: Person;
let app: MadeApp;
let at: string;
beforeAll(async () => {
  await migrate();
  ann = await signUp();
  app = await makeApp(ann);
  at = `/api/apps/${app.enterprise_id}/tables`;
  await tablesFor(env, app.enterprise_id).prepare(TABLES, ann.user_id);
});
const ask = (path: string, more: Parameters<typeof call>[1] = {}) =>
  call(`${at}${path}`, { token: ann.token, ...more });
const csv = (text: string, query = "", key?: string) =>
  ask(`/parts/import${query}`, {
    raw: text,
    headers: { "content-type": "text/csv", ...(key ? { "idempotency-key": key } : {}) },
  });

test("an owner adds, reads, changes, lists and deletes rows, and the count follows", async () => {
  const added = await ask("/parts/rows", { json: { values: { name: "Bolt", price: 0.1 } } });
  expect(added.status).toBe(201);
  const { id } = added.body as { id: string };
  expect(added.body).toMatchObject({ owner: ann.user_id, values: { part_number: "P-1001", name: "Bolt" } });
  const same = { json: { values: { name: "Nut" }, owner: "u2" }, headers: { "idempotency-key": "add-1" } };
  const [one, two] = [await ask("/parts/rows", same), await ask("/parts/rows", same)];
  expect(two.body).toEqual(one.body);
  expect((await ask("")).body).toMatchObject({ tables: [{ name: "parts", rows: 2, key: "part_number" }] });
  const changed = await ask(`/parts/rows/${id}`, { method: "PATCH", json: { values: { price: null } } });
  expect(changed.body).toMatchObject({ id, values: { name: "Bolt", price: null } });
  expect((await ask(`/parts/rows/${id}`)).body).toEqual(changed.body);
  const first = await ask("/parts/rows?limit=1&sort=name");
  expect(first.body).toMatchObject({ items: [{ id }], next_cursor: expect.any(String) });
  const { next_cursor } = first.body as { next_cursor: string };
  const second = await ask(`/parts/rows?limit=1&sort=name&cursor=${next_cursor}`);
  expect(second.body).toMatchObject({ items: [{ values: { name: "Nut" } }], next_cursor: null });
  const found = await ask("/parts/rows?filter=name:prefix:BO&filter=price:empty:");
  expect(found.body).toMatchObject({ items: [{ id }] });
  expect((await ask("/parts/rows?owner=u2")).body).toMatchObject({ items: [{ owner: "u2" }] });
  expect((await ask(`/parts/rows/${id}`, { method: "DELETE" })).status).toBe(200);
  for (const method of ["GET", "DELETE"])
    expect((await ask(`/parts/rows/${id}`, { method })).status).toBe(404);
  expect((await ask("")).body).toMatchObject({ tables: [{ rows: 1 }] });
});

test("T60 what is no table, row, column, filter or cursor is refused, never a 500", async () => {
  expect(codeOf(await ask("/nope/rows"))).toBe("NOT_FOUND");
  expect(codeOf(await ask("/nope/import", { raw: "a", headers: { "content-type": "text/csv" } }))).toBe(
    "NOT_FOUND",
  );
  expect(codeOf(await ask("/parts/rows/none"))).toBe("NOT_FOUND");
  for (const query of [
    "sort=nope",
    "sort=_owner",
    "filter=name",
    "filter=name:like:x",
    "filter=price:gt:much",
    "cursor=x",
  ])
    expect({ query, code: codeOf(await ask(`/parts/rows?${query}`)) }).toEqual({
      query,
      code: "BAD_REQUEST",
    });
  for (const values of [{ nope: 1 }, { name: null }, { name: "x", price: "1" }, { name: "x", price: [] }])
    expect(codeOf(await ask("/parts/rows", { json: { values } }))).toBe("BAD_REQUEST");
  expect(codeOf(await ask("/parts/rows", { json: { values: { name: "x" }, id: "mine" } }))).toBe(
    "BAD_REQUEST",
  );
  for (const text of ["", "nope\nx\n", 'name\n"x', "name\n\xff".replace("\xff", "\ud800")])
    expect([400, 200]).toContain((await csv(text)).status);
  expect(
    codeOf(await ask("/parts/import", { raw: "name\nx", headers: { "content-type": "application/json" } })),
  ).toBe("BAD_REQUEST");
  expect(codeOf(await csv("Nom\nx\n", "?map=Name:name"))).toBe("BAD_REQUEST");
});

test("a CSV that breaks far down writes nothing, whatever breaks it; mended, the same key takes it in", async () => {
  const rows = async () => ((await ask("")).body as { tables: { rows: number }[] }).tables[0]?.rows;
  const before = await rows();
  const lines = Array.from({ length: 1_200 }, (_, n) => `W-${n},Washer,1\n`).join("");
  const head = "part_number,name,price\n";
  // A quote that is never closed; a key that stands twice, 1,199 lines apart; an amount that is none.
  expect(codeOf(await csv(`${head}${lines}W-x,"Wash`, "", "whole"))).toBe("BAD_REQUEST");
  expect(await rows()).toBe(before);
  const whole = "?all_or_nothing=true";
  const twice = await csv(`${head}${lines}W-0,Washer,1\n`, whole, "whole");
  expect(twice.body).toMatchObject({
    ...{ lines: 1_201, inserted: 0, updated: 0, failed: 1 },
    errors: [{ line: 1_202, message: "There is already a row with this part_number." }],
  });
  expect((await csv(`${head}W-a,Washer,1\nW-b,Washer,x\n`, whole, "whole")).body).toMatchObject({
    ...{ inserted: 0, failed: 1 },
  });
  // A try of it sees the same, and counts what would be.
  const tried = await csv(`${head}${lines}W-0,Washer,1\n`, "?dry_run=true");
  expect(tried.body).toMatchObject({ lines: 1_201, inserted: 1_200, failed: 1 });
  expect(await rows()).toBe(before);
  expect((await csv(head + lines, whole, "whole")).body).toMatchObject({ inserted: 1_200, failed: 0 });
  expect(await rows()).toBe((before ?? 0) + 1_200);
  const left = await runInDurableObject(appDataFor(env, app.enterprise_id), (_, { storage }) =>
    storage.sql.exec("SELECT count(*) AS n FROM _import_lines").one(),
  );
  expect(left).toEqual({ n: 0 });
});

test("a CSV of 5,000 lines goes in, in chunks and once per key, and comes out as it went in", async () => {
  const lines = Array.from(
    { length: 5_000 },
    (_, n) => `Q-${n},"Größe ""${n}""",${n % 90}.5,user-${n % 40}\r\n`,
  );
  const text = `Number,name,price,who\r\n${lines.join("")}`;
  const query = "?map=Number:part_number&owner_column=who";
  const result = { lines: 5_000, inserted: 5_000, updated: 0, failed: 0, errors: [] };
  expect(await csv(text, query, "five")).toMatchObject({ status: 200, body: result });
  expect((await csv(text, query, "five")).body).toEqual(result);
  expect(codeOf(await csv(`${text}Q-x,x,1,u\r\n`.replace("Q-7,", "Q-seven,"), query, "five"))).toBe(
    "IDEMPOTENCY_MISMATCH",
  );
  expect((await ask("/parts/rows?owner=user-7&limit=100")).body).toMatchObject({ items: { length: 100 } });
  const upsert = await csv("part_number,price\nq-7,\nQ-new,2\n", "?mode=upsert");
  expect(upsert.body).toMatchObject({
    updated: 1,
    failed: 1,
    errors: [{ line: 3, message: "name is required." }],
  });
  const out = await ask("/parts/rows.csv?meta=true");
  expect(out.headers.get("content-type")).toContain("text/csv");
  const kept = String(out.body).split("\r\n");
  expect(kept[0]).toBe("_id,_owner,_created_at,part_number,name,price");
  expect(kept.filter((it) => it.includes("Größe"))).toHaveLength(5_000);
  expect(kept.find((it) => it.includes(",Q-8,"))).toMatch(/^row_\w+,user-8,[^,]+,Q-8,"Größe ""8""",8.5$/);
});

test("a CSV beyond 20 MiB is refused as it streams", async () => {
  const line = `${"x".repeat(3_999)}\n`;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("name\n"));
    },
    pull: (controller) => controller.enqueue(new TextEncoder().encode(line.repeat(200))),
  });
  const answer = await worker.fetch(
    new Request(`http://localhost:8787${at}/parts/import`, {
      method: "POST",
      body,
      headers: { "content-type": "text/csv", authorization: `Bearer ${ann.token}` },
    }),
  );
  expect(answer.status).toBe(413);
});

test("a CSV of more lines than a wide table is written with in one go is refused, and leaves nothing", async () => {
  const columns = Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`n${n}`, { type: "integer" }]));
  const wide = { ...table.parse({ title: "Wide", key: "n0", columns }), searched: [] };
  await tablesFor(env, app.enterprise_id).prepare({ ...TABLES, wide }, ann.user_id);
  const lines = Array.from({ length: 27_778 }, (_, n) => n);
  const refused = await ask("/wide/import", {
    raw: `n0\n${lines.join("\n")}\n`,
    headers: { "content-type": "text/csv" },
  });
  expect(refused).toMatchObject({ status: 413, body: { error: { details: { max_lines: 27_777 } } } });
  expect((await ask("/wide/rows")).body).toMatchObject({ items: [] });
});

/** Rows that one call reads and writes in the object's SQLite. */
async function cost(work: (store: ReturnType<typeof openTables>) => unknown) {
  return runInDurableObject(appDataFor(env, app.enterprise_id), (_, state) => {
    const total = { read: 0, written: 0 };
    let ids = 0;
    const store = openTables({
      clock: { now: () => 1_800_000_000_000 },
      newId: (prefix) => `${prefix}-cost-${total.read}-${++ids}`,
      sql: {
        exec: (query, ...params) => {
          const cursor = state.storage.sql.exec(query, ...params);
          const rows = cursor.toArray() as Record<string, string | number | null>[];
          total.read += cursor.rowsRead;
          total.written += cursor.rowsWritten;
          return rows;
        },
        transaction: (inner) => state.storage.transactionSync(inner),
      },
    });
    total.read = total.written = 0;
    work(store);
    return total;
  });
}

test("what a look-up, a page or a write costs does not grow with the table", async () => {
  const bounded = async (most: number, work: Parameters<typeof cost>[0]) => {
    const { read, written } = await cost(work);
    expect(read).toBeLessThanOrEqual(most);
    expect(written).toBeLessThanOrEqual(20);
  };
  const page = (sort: string | null) => ({
    filters: [],
    owner: null,
    sort: sort ? { column: sort, descending: false } : null,
  });
  await bounded(4, (it) => it.get("user-8", "parts", { part_number: "Q-8" }));
  await bounded(4, (it) => it.find("user-8", "parts", { name: 'größe "8"' }, 20));
  await bounded(45, (it) => it.find("user-8", "parts", {}, 20));
  await bounded(45, (it) => it.owner.page("parts", page(null), { cursor: null, limit: 20 }));
  await bounded(90, (it) => it.owner.page("parts", page("name"), { cursor: null, limit: 20 }));
  await bounded(20, (it) => it.insert("user-8", "parts", { name: "new" }, "cost-1"));
  await bounded(20, (it) => it.owner.list());
});

test("a CSV can be tried out: what would be done and which lines are wrong, and nothing is written", async () => {
  const before = (await ask("")).body;
  const text = "name,price\nHinge,2\nLatch,abc\nPin,1\n";
  const tried = await csv(text, "?dry_run=true", "same-key");
  expect(tried.body).toMatchObject({ lines: 3, inserted: 2, failed: 1, errors: [{ line: 3 }] });
  expect((await ask("")).body).toEqual(before);
  // The key of a try is free for the real thing, and no number was used up.
  const done = await csv("name,price\nHinge,2\n", "", "same-key");
  expect(done.body).toMatchObject({ inserted: 1, failed: 0 });
});

test("T65 what members do to rows and by CSV stands in the audit log by ids and counts, never contents; a program's rows don't", async () => {
  const mine = await makeApp(ann, "Audited");
  await tablesFor(env, mine.enterprise_id).prepare(TABLES, ann.user_id);
  const rows = `/api/apps/${mine.enterprise_id}/tables/parts/rows`;
  const made = await call(`/api/apps/${mine.enterprise_id}/keys`, {
    token: ann.token,
    json: { name: "Shop", scopes: ["tables.write"] },
  });
  const { key } = made.body as { key: string };
  const [secret, { token }] = ["canary", ann];
  const add = async (by: string) =>
    (await call(rows, { token: by, json: { values: { name: secret } } })).body as { id: string };
  const { id } = await add(token);
  await call(`${rows}/${id}`, { method: "PATCH", token, json: { values: { name: `${secret}2` } } });
  await call(`${rows}/${id}`, { method: "PATCH", token, json: { values: { [secret]: 1 } } });
  await call(`${rows}/${id}`, { method: "DELETE", token });
  const import_ = (raw: string, query = "", by = token) =>
    call(`/api/apps/${mine.enterprise_id}/tables/parts/import${query}`, {
      token: by,
      raw,
      headers: { "content-type": "text/csv" },
    });
  await import_(`name,price\n${secret},1\n${secret}b,x\n`);
  await import_(`name\n${secret}\n`, "?dry_run=true");
  // Cut off by a line that is none: nothing was written.
  await import_(`name\n${`${secret}\n`.repeat(600)}"${secret}`);
  const ofKey = await add(key);
  await call(`${rows}/${ofKey.id}`, { method: "DELETE", token: key });
  await import_(`name\n${secret}\n`, "", key);
  const { items } = (await call(`/api/apps/${mine.enterprise_id}/audit?action=data`, { token })).body as {
    items: { action: string; target: string; outcome: string; details: object; actor: { role: string } }[];
  };
  expect(JSON.stringify(items)).not.toContain(secret);
  const shown = items.reverse().map((it) => [it.action, it.outcome, it.details, it.actor.role]);
  const counts = (lines: number, inserted: number, failed: number) => ({
    lines,
    inserted,
    updated: 0,
    failed,
  });
  expect(shown).toEqual([
    ["data.add_row", "done", { row_id: id }, "owner"],
    ["data.change_row", "done", { row_id: id, columns: ["name"] }, "owner"],
    ["data.change_row", "BAD_REQUEST", { row_id: id }, "owner"],
    ["data.remove_row", "done", { row_id: id }, "owner"],
    ["data.import", "done", counts(2, 1, 1), "owner"],
    ["data.import", "BAD_REQUEST", {}, "owner"],
    ["data.import", "done", counts(1, 1, 0), "key"],
  ]);
  expect(new Set(items.map(({ target }) => target))).toEqual(new Set(["parts"]));
});
