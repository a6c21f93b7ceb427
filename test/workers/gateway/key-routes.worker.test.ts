import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { KEY_SCOPES, type KeyScope } from "#protocol/api/key";
import { makeKey, revokeKey } from "./api-keys.ts";
import { askRoute, routesOf } from "./ask-route.ts";
import { call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { goLive } from "./greeter.ts";

let owner: Person;
let acme: MadeApp;
let other: MadeApp;
const keyed = routesOf("enterprise").filter(([, it]) => it.key !== undefined);
const unkeyed = routesOf("enterprise", "mine").filter(([, it]) => it.key === undefined);
beforeAll(async () => {
  await migrate();
  owner = await signUp();
  [acme, other] = await Promise.all([makeApp(owner, "Acme"), makeApp(owner, "Other")]);
  await goLive(acme.enterprise_id);
});

const told = async (name: string, token: string, enterpriseId = acme.enterprise_id) => {
  const answer = await askRoute(name, enterpriseId, token);
  return { name, status: answer.status, code: codeOf(answer) };
};
const refused = (name: string, status: number, code: string) => ({ name, status, code });

test("the published document says of every route which scope it asks of a key", async () => {
  const { body } = await call("/api/openapi.json");
  const { paths } = body as { paths: Record<string, Record<string, { "x-api-key-scope"?: string }>> };
  for (const [name, { key }] of routesOf("enterprise", "mine")) {
    const [method = "", path = ""] = name.split(" ");
    const told = paths[path.replace(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
    expect({ name, key: told?.["x-api-key-scope"] }).toEqual({ name, key });
  }
});

test("T22 each route lets a key in that has its scope, and refuses all other scopes together", async () => {
  const without = new Map<KeyScope, string>();
  for (const scope of KEY_SCOPES) {
    const rest = KEY_SCOPES.filter((it) => it !== scope);
    without.set(scope, (await makeKey(owner, acme.enterprise_id, rest)).key);
  }
  for (const [name, { key: scope }] of keyed) {
    expect(await told(name, without.get(scope!)!)).toEqual(refused(name, 403, "FORBIDDEN"));
    const { key } = await makeKey(owner, acme.enterprise_id, [scope!]);
    const { status } = await told(name, key);
    expect({ name, letIn: ![401, 403, 500].includes(status) }).toEqual({ name, letIn: true });
    await env.DB.prepare("delete from api_key where scopes = ?")
      .bind(JSON.stringify([scope]))
      .run();
  }
});

test("T22 where no scope is named no key gets in, not even one with all of them", async () => {
  const { key } = await makeKey(owner, acme.enterprise_id, KEY_SCOPES);
  for (const [name] of unkeyed) expect(await told(name, key)).toEqual(refused(name, 403, "FORBIDDEN"));
});

test("T01 T22 a key of another app finds this one nowhere, and says nothing of whether it is there", async () => {
  const { key } = await makeKey(owner, other.enterprise_id, KEY_SCOPES);
  for (const [name] of keyed) {
    expect(await told(name, key)).toEqual(refused(name, 404, "NOT_FOUND"));
    expect(await told(name, key, "ent_00000000000000000000000000")).toEqual(refused(name, 404, "NOT_FOUND"));
  }
});

test("T22 revoked, expired, wrong, unknown and broken keys are all the same 401, on every route", async () => {
  const all = (more = {}) => makeKey(owner, acme.enterprise_id, KEY_SCOPES, more);
  const gone = await all();
  await revokeKey(owner, acme.enterprise_id, gone.key_id);
  const old = await all({ expires_at: new Date(Date.now() + 60_000).toISOString() });
  await env.DB.prepare("update api_key set expires_at = 1 where key_id = ?").bind(old.key_id).run();
  const good = await all();
  const wrong = good.key.slice(0, -1) + (good.key.endsWith("0") ? "1" : "0");
  const unknown = `mzk_${"0".repeat(26)}_${"0".repeat(52)}`;
  const broken = ["mzk_", `${good.key}x`, good.key.toUpperCase().replace("MZK", "mzk"), good.key_id];
  for (const [name] of routesOf("enterprise", "mine"))
    for (const key of [gone.key, old.key, wrong, unknown, ...broken])
      expect({ key, ...(await told(name, key)) }).toEqual({ key, ...refused(name, 401, "UNAUTHENTICATED") });
  expect((await told("GET /api/apps/:enterprise_id", good.key)).status).toBe(200);
});
