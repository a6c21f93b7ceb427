import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { appDataFor } from "#workers/app-data/app-data-for";
import { compose } from "#workers/compose";
import { doErasures } from "#workers/data-rights/erase";
import { call, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { goLive } from "./greeter.ts";

/** Columns that say whose a row is. */
const OWNERS = ["enterprise_id", "realm"];
/** One of each a tenant, by its name. */
const OBJECTS = ["TOKEN_LEDGER", "APP_DATA", "TRIGGERS", "WEBHOOKS_OUT", "KNOWLEDGE", "REPLAYS"] as const;

type Column = { name: string; type: string; notnull: number; pk: number };
type Tenanted = { table: string; owners: string[]; columns: Column[] };

let owner: Person;
let gone: MadeApp;
let kept: MadeApp;
let tables: Tenanted[];
beforeAll(async () => {
  await migrate();
  owner = await signUp();
  [gone, kept] = await Promise.all([makeApp(owner, "Gone"), makeApp(owner, "Kept")]);
  tables = await tenanted();
  for (const app of [gone, kept]) for (const it of tables) await seed(it, app.enterprise_id);
});

/** Every table of D1 that has a tenant's rows, as the schema itself says: a new one can't be forgotten. */
async function tenanted(): Promise<Tenanted[]> {
  const { results } = await env.DB.prepare(
    "select name from sqlite_master where type = 'table' and name not like '_cf%' and name not like 'sqlite_%'",
  ).all<{ name: string }>();
  const found: Tenanted[] = [];
  for (const { name } of results) {
    const { results: columns } = await env.DB.prepare(`pragma table_info("${name}")`).all<Column>();
    const owners = columns.map((it) => it.name).filter((it) => OWNERS.includes(it));
    if (owners.length > 0) found.push({ table: name, owners, columns });
  }
  return found;
}

/** A row of the tenant's for each column that may name one, filled with a canary; where one stands already, that will do. */
async function seed({ table, owners, columns }: Tenanted, id: string): Promise<void> {
  for (const owned of owners) {
    const needed = columns.filter((it) => it.notnull || it.pk || it.name === owned);
    const values = needed.map((it) =>
      it.name === owned ? id : /int/i.test(it.type) ? 1 : `"canary-${id}-${table}-${owned}-${it.name}"`,
    );
    const names = needed.map((it) => `"${it.name}"`).join(", ");
    const marks = needed.map(() => "?").join(", ");
    await env.DB.batch([
      env.DB.prepare("pragma defer_foreign_keys = on"),
      env.DB.prepare(`insert or ignore into "${table}" (${names}) values (${marks})`).bind(...values),
    ]);
  }
}

/** Rows by table that name the tenant in any column at all. */
async function rowsOf(id: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table, columns } of tables) {
    const anywhere = columns.map((it) => `instr(cast("${it.name}" as text), ?1) > 0`).join(" or ");
    const query = env.DB.prepare(`select count(*) as n from "${table}" where ${anywhere}`).bind(id);
    counts[table] = (await query.first<number>("n")) ?? 0;
  }
  return counts;
}

const filesOf = async (id: string) =>
  (await env.FILES.list({ prefix: `enterprises/${id}/` })).objects.map((it) => it.key);

test("T24 a deleted app leaves no row, file or object, and another app loses none", async () => {
  for (const app of [gone, kept]) {
    await goLive(app.enterprise_id);
    await env.FILES.put(`enterprises/${app.enterprise_id}/anything/at-all.txt`, "canary");
    await appDataFor(env, app.enterprise_id).removeSamples();
  }
  const before = { gone: await rowsOf(gone.enterprise_id), kept: await rowsOf(kept.enterprise_id) };
  const filesBefore = await filesOf(kept.enterprise_id);
  expect(Object.entries(before.gone).filter(([, n]) => n === 0)).toEqual([]);
  expect(tables.length).toBeGreaterThan(20);

  const answer = await call(`/api/apps/${gone.enterprise_id}`, { method: "DELETE", token: owner.token });
  expect(answer.status).toBe(200);
  const left = async () => Object.entries(await rowsOf(gone.enterprise_id)).filter(([, n]) => n > 0);
  // That there was such an app, until the last look.
  expect(await left()).toEqual([["erasure", 1]]);
  expect(await filesOf(gone.enterprise_id)).toEqual([]);
  expect(await rowsOf(kept.enterprise_id)).toEqual(before.kept);
  expect(await filesOf(kept.enterprise_id)).toEqual(filesBefore);
  await doErasures({ ...compose(env), clock: { now: () => Date.now() + 16 * 60_000 } });
  expect(await left()).toEqual([]);
  for (const name of OBJECTS) {
    const space = env[name] as DurableObjectNamespace;
    const own = space.idFromName(gone.enterprise_id);
    if (!(await listDurableObjectIds(space)).some((it) => it.equals(own))) continue;
    const { rows, alarm } = await runInDurableObject(space.get(own), async (_, { storage }) => ({
      rows: storage.sql
        .exec("select name from sqlite_master where type = 'table' and name not like '_cf%'")
        .toArray()
        .map((it) => ({
          table: String(it.name),
          text: JSON.stringify(storage.sql.exec(`select * from "${it.name}"`).toArray()),
        }))
        .filter((it) => it.text.includes(gone.enterprise_id)),
      alarm: await storage.getAlarm(),
    }));
    expect({ name, rows, alarm }).toEqual({ name, rows: [], alarm: null });
  }
});
