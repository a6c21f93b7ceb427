import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { scopeOf } from "#enterprises/scope";
import { rewrapStep } from "#secrets/rewrap";
import { compose } from "#workers/compose";
import { doScheduled } from "#workers/domains/do-scheduled";
import { rewrapSecrets } from "#workers/rewrap-secrets";
import { secretDeps } from "#workers/secret-deps";
import { secretsOfRun } from "#workers/secrets-of-run";
import { call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";

const CANARY = "canary-7f3a9b2e5d1c-value";
let owner: Person;
let acme: MadeApp;
let globex: MadeApp;
beforeAll(async () => {
  await migrate();
  owner = await signUp();
  [acme, globex] = await Promise.all([makeApp(owner, "Acme"), makeApp(owner, "Globex")]);
});
afterEach(() => vi.restoreAllMocks());

const put = (name: string, value: unknown, app = acme) =>
  call(`/api/apps/${app.enterprise_id}/secrets/${name}`, {
    method: "PUT",
    token: owner.token,
    json: { value },
  });
const list = () => call(`/api/apps/${acme.enterprise_id}/secrets`, { token: owner.token });
const read = (app: MadeApp, name: string, bindings: Partial<typeof env> = {}) =>
  secretsOfRun(compose({ ...env, ...bindings }), scopeOf(app.enterprise_id))(name);

test("T50 a secret is written, read by a run of its app alone, and never told again", async () => {
  const lines: string[] = [];
  for (const of of ["log", "warn", "error", "info"] as const)
    vi.spyOn(console, of).mockImplementation((...all) => void lines.push(all.join(" ")));
  expect((await put("SHOP_KEY", CANARY)).status).toBe(200);
  expect((await put("SHOP_KEY", `${CANARY}-2`)).status).toBe(200);
  expect(await read(acme, "SHOP_KEY")).toBe(`${CANARY}-2`);
  expect(await read(globex, "SHOP_KEY")).toBeNull();
  expect(await read(acme, "OTHER")).toBeNull();
  const listed = await list();
  const { items } = listed.body as { items: [{ used_on: string | null }] };
  const [{ used_on: _, ...shown }, ...others] = items;
  expect(others).toEqual([]);
  expect(shown).toEqual({ name: "SHOP_KEY", version: 2, set_by: owner.user_id, set_at: expect.any(String) });
  const audit = await call(`/api/apps/${acme.enterprise_id}/audit`, { token: owner.token });
  const dump = await everything();
  for (const sink of [JSON.stringify(listed.body), JSON.stringify(audit.body), lines.join("\n"), dump]) {
    expect(sink).not.toContain(CANARY);
    expect(sink).not.toContain(btoa(CANARY).slice(0, 16));
  }
});

/** All of D1, R2 and the app's objects, as text. */
async function everything(): Promise<string> {
  const { results } = await env.DB.prepare("select name from sqlite_master where type = 'table'").all();
  const parts: unknown[] = [];
  for (const { name } of results)
    if (!String(name).startsWith("_cf"))
      parts.push((await env.DB.prepare(`select * from "${name}"`).all()).results);
  for (const { key } of (await env.FILES.list()).objects)
    parts.push(await (await env.FILES.get(key))?.text());
  const object = env.TOKEN_LEDGER.getByName(acme.enterprise_id);
  parts.push(
    await runInDurableObject(object, (_, { storage: { sql } }) =>
      sql
        .exec("select name from sqlite_master where type = 'table' and name not like '_cf%'")
        .toArray()
        .map(({ name }) => sql.exec(`select * from "${name}"`).toArray()),
    ),
  );
  return JSON.stringify(parts);
}

test("T50 a row moved to another app, name or version opens nowhere", async () => {
  await put("MOVED", CANARY);
  await put("PLACE", "other", globex);
  const sql = (query: string, ...values: unknown[]) =>
    env.DB.prepare(query)
      .bind(...values)
      .run();
  const { sealed } = (await env.DB.prepare("select sealed from secret where name = 'MOVED'").first<{
    sealed: string;
  }>())!;
  await sql("update secret set sealed = ? where name = 'PLACE'", sealed);
  expect(await read(globex, "PLACE")).toBeNull();
  await sql(
    "update secret_key set wrapped = (select wrapped from secret_key where enterprise_id = ?) where enterprise_id = ?",
    acme.enterprise_id,
    globex.enterprise_id,
  );
  expect(await read(globex, "PLACE")).toBeNull();
  await sql("update secret set version = version + 1 where name = 'MOVED'");
  expect(await read(acme, "MOVED")).toBeNull();
  await sql("update secret set version = version - 1, name = 'RENAMED' where name = 'MOVED'");
  expect(await read(acme, "RENAMED")).toBeNull();
  await sql("update secret set name = 'MOVED' where name = 'RENAMED'");
  expect(await read(acme, "MOVED")).toBe(CANARY);
});

test("the list says on which day a secret was last used, which is written once a day and awaited by nobody", async () => {
  await put("USED", CANARY);
  await put("IDLE", CANARY);
  const usedOn = async () => {
    const { items } = (await list()).body as { items: { name: string; used_on: string | null }[] };
    return Object.fromEntries(
      items.filter(({ name }) => ["USED", "IDLE"].includes(name)).map((it) => [it.name, it.used_on]),
    );
  };
  expect(await usedOn()).toEqual({ USED: null, IDLE: null });
  const sent = vi.spyOn(env.DB, "prepare");
  const writes = () => sent.mock.calls.filter(([text]) => /update "secret"/i.test(text)).length;
  const useAt = (now: number) =>
    secretsOfRun({ ...compose(env), clock: { now: () => now } }, scopeOf(acme.enterprise_id))("USED");
  const until = async (day: string) => {
    while ((await usedOn()).USED !== day);
  };
  expect(await useAt(Date.UTC(2026, 0, 5, 9))).toBe(CANARY);
  await until("2026-01-05");
  expect(await useAt(Date.UTC(2026, 0, 5, 23, 59))).toBe(CANARY);
  expect(writes()).toBe(1);
  await useAt(Date.UTC(2026, 0, 6));
  await until("2026-01-06");
  expect(writes()).toBe(2);
  sent.mockRestore();
  expect(await usedOn()).toEqual({ USED: "2026-01-06", IDLE: null });
  // Another value has not been used yet.
  await put("USED", CANARY);
  expect(await usedOn()).toEqual({ USED: null, IDLE: null });
});

test("T50 the platform's key is changed without touching a secret", async () => {
  await put("ROTATED", CANARY);
  const rows = () => env.DB.prepare("select sealed from secret order by name").all();
  const before = (await rows()).results;
  const fresh = { SECRETS_KEY: "another platform key of more than 32 letters" };
  expect(await read(acme, "ROTATED", fresh)).toBeNull();
  expect(await read(acme, "ROTATED", { ...fresh, SECRETS_KEY_OLD: env.SECRETS_KEY })).toBe(CANARY);
  expect(await read(acme, "ROTATED", fresh)).toBe(CANARY);
  expect((await rows()).results).toEqual(before);
  expect(await read(acme, "ROTATED", { SECRETS_KEY_OLD: fresh.SECRETS_KEY })).toBe(CANARY);
});

test("T50 the schedule wraps every tenant's key anew, without opening a secret, and says when the old one can go", async () => {
  // Spoiled above.
  await env.DB.prepare("delete from secret_key where enterprise_id = ?").bind(globex.enterprise_id).run();
  expect((await put("STEADY", CANARY)).status).toBe(200);
  expect((await put("STEADY", `${CANARY}-globex`, globex)).status).toBe(200);
  const lines: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
  const fresh = "a platform key of the next year, long enough";
  const bindings = { ...env, SECRETS_KEY: fresh, SECRETS_KEY_OLD: env.SECRETS_KEY };
  const sealed = () => env.DB.prepare("select name, sealed from secret order by name, enterprise_id").all();
  const before = (await sealed()).results;
  // A key that opens under none of the platform's keys stands in nobody's way, and is told of.
  await env.DB.prepare("insert into secret_key values ('ent_lost', 'unknown', 'x.y')").run();
  expect(await rewrapStep(secretDeps(compose(bindings)), 2)).toMatchObject({ left: expect.any(Number) });
  for (let minute = 0; minute < 5; minute += 1) await doScheduled(null, bindings);
  expect(lines.join("\n")).toContain('"event":"secrets.rewrap_closed","closed":1,"left":1');
  expect(lines.join("\n")).not.toContain("rewrap_done");
  await env.DB.prepare("delete from secret_key where enterprise_id = 'ent_lost'").run();
  // Where nothing was to do, once an hour is enough.
  let now = Date.UTC(2026, 0, 1, 9, 1);
  const minutes = async (n: number) => {
    for (const end = now + n * 60_000; now < end; now += 60_000)
      await rewrapSecrets({ ...compose(bindings), clock: { now: () => now } });
    return lines.filter((line) => line.includes("rewrap_done"));
  };
  expect(await minutes(59)).toEqual([]);
  expect(await minutes(60)).toEqual([expect.stringContaining('"wrapped":0,"left":0')]);
  expect(lines.join("\n")).not.toContain(CANARY);
  expect((await sealed()).results).toEqual(before);
  // The old key is gone: all is readable, and nobody has read in between.
  expect(await read(acme, "STEADY", { SECRETS_KEY: fresh })).toBe(CANARY);
  expect(await read(globex, "STEADY", { SECRETS_KEY: fresh })).toBe(`${CANARY}-globex`);
  await doScheduled(null, { ...env, SECRETS_KEY_OLD: fresh });
  expect(await read(acme, "STEADY")).toBe(CANARY);
});

test("names and values that can't be are refused, and nothing is changed", async () => {
  for (const name of ["lower", "1ST", "A-B", "A%0D%0AB", "A".repeat(65), "_A", "A%20B"])
    expect({ name, status: (await put(name, "v")).status }).toEqual({ name, status: 400 });
  for (const value of ["", "x".repeat(8 * 1024 + 1), "ü".repeat(4 * 1024 + 1), 7, null])
    expect((await put("GOOD", value)).status).toBe(400);
  expect((await put("A".repeat(64), "ü".repeat(4 * 1024))).status).toBe(200);
  const gone = await call(`/api/apps/${acme.enterprise_id}/secrets/GOOD`, {
    method: "DELETE",
    token: owner.token,
  });
  expect(codeOf(gone)).toBe("NOT_FOUND");
});

test("with the app its secrets, their key and its audit log are gone", async () => {
  await put("LAST", CANARY, globex);
  await call(`/api/apps/${globex.enterprise_id}`, { method: "DELETE", token: owner.token });
  for (const table of ["secret", "secret_key", "audit", "membership", "team_wait", "operator_seat"]) {
    const row = await env.DB.prepare(`select count(*) as n from ${table} where enterprise_id = ?`)
      .bind(globex.enterprise_id)
      .first<{ n: number }>();
    expect({ table, n: row?.n }).toEqual({ table, n: 0 });
  }
});
