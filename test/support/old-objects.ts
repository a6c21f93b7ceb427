import { evictDurableObject, runInDurableObject } from "cloudflare:test";

/**
 * Dumps of objects' databases, each written by the code of its day (under a clock that stood in 2025): a chat with one
 * turn behind it and an approval that waits, its app's tables, its ledger. They are never edited: what is on
 * somebody's disk is not either. A step that changes stored rows wants a new folder, dumped before it.
 */
const DUMPS = import.meta.glob<string>("../fixtures/objects/*/*.sql", {
  query: "?raw",
  import: "default",
  eager: true,
});

export type Ids = { enterprise: string; chat: string; user: string };
const IDS = import.meta.glob<string>("../fixtures/objects/*/ids.json", {
  query: "?raw",
  import: "default",
  eager: true,
});

export const AGES = Object.keys(IDS).map((path) => path.split("/").at(-2)!);

export function idsOf(age: string): Ids {
  return JSON.parse(IDS[`../fixtures/objects/${age}/ids.json`]!) as Ids;
}

type Stub = Parameters<typeof evictDurableObject>[0];
type Row = Record<string, SqlStorageValue>;
// What the platform and the library of its jobs keep for themselves, and the inside of a full-text index.
const NOT_OURS = /^(_cf|cf_|sqlite_|passage_text_)/;

/** Puts an old database in the place of an object's own, as if it had slept since; it wakes with today's code. */
export async function putToSleep(stub: Stub, age: string, kind: string): Promise<void> {
  const dump = DUMPS[`../fixtures/objects/${age}/${kind}.sql`];
  if (dump === undefined) throw new Error(`no dump of ${age}/${kind}`);
  await runInDurableObject(stub, (_, { storage: { sql } }) => {
    for (const name of tablesOf(sql)) sql.exec(`DROP TABLE "${name}"`);
    sql.exec(dump);
  });
  await evictDurableObject(stub);
}

/** Everything a schema consists of: columns with their types and defaults, indexes, triggers. */
export function schemaOf(stub: Stub): Promise<unknown> {
  return runInDurableObject(stub, (_, { storage: { sql } }) => {
    const columns = tablesOf(sql).map((table) => {
      const all = sql.exec<Row>(`SELECT * FROM pragma_table_xinfo('${table}')`).toArray();
      return [table, all.map(({ cid: _, ...column }) => column)];
    });
    const rest = sql
      .exec<Row>("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')")
      .toArray()
      .filter(({ name }) => !NOT_OURS.test(String(name)));
    const byName = (a: Row, b: Row) => (String(a.name) < String(b.name) ? -1 : 1);
    return { columns: columns.sort(), rest: rest.sort(byName) };
  });
}

function tablesOf(sql: SqlStorage): string[] {
  return sql
    .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid DESC")
    .toArray()
    .map(({ name }) => name)
    .filter((name) => !NOT_OURS.test(name));
}
