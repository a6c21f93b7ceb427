import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";

const OBJECTS = [
  "CHAT_SESSION",
  "TOKEN_LEDGER",
  "APP_DATA",
  "TRIGGERS",
  "KNOWLEDGE",
  "REPLAYS",
  "WEBHOOKS_OUT",
] as const;

/** Every table of D1, each row as text; but for the mailbox that is somebody's own machine's. */
export async function d1Rows(): Promise<Map<string, string[]>> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'd1%' AND name <> 'local_mail'",
  ).all<{ name: string }>();
  const found = new Map<string, string[]>();
  for (const { name } of results) {
    const rows = await env.DB.prepare(`SELECT * FROM "${name}"`).all();
    found.set(
      name,
      rows.results.map((row) => JSON.stringify(row)),
    );
  }
  return found;
}

/** Enterprises: an object that asks for its name is found by it. */
export const named = new Set(["foundry"]);

/** Where a text stands in any store: tables of D1, names and contents in R2, tables of every object. */
export async function whereIs(text: string): Promise<string[]> {
  const places = new Set<string>();
  for (const [table, rows] of await d1Rows())
    if (rows.some((row) => row.includes(text))) places.add(`d1 ${table}`);
  const { objects } = await env.FILES.list();
  for (const { key } of objects)
    if (key.includes(text) || (await (await env.FILES.get(key))?.text())?.includes(text))
      places.add(`r2 ${key}`);
  for (const binding of OBJECTS) {
    const namespace = env[binding] as unknown as DurableObjectNamespace;
    for (const id of await listDurableObjectIds(namespace)) {
      const name = [...named].find((it) => namespace.idFromName(it).equals(id));
      await runInDurableObject(
        namespace.get(name ? namespace.idFromName(name) : id),
        async (_, { storage }) => {
          const tables = storage.sql
            .exec(
              "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
            )
            .toArray();
          for (const { name } of tables) {
            const rows = storage.sql.exec(`SELECT * FROM "${String(name)}"`).toArray();
            if (JSON.stringify(rows).includes(text)) places.add(`${binding} ${String(name)}`);
          }
          if (JSON.stringify([...(await storage.list())]).includes(text)) places.add(`${binding} values`);
        },
      );
    }
  }
  return [...places].sort();
}
