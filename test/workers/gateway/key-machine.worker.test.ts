import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type Action, may, ROLES, type Role } from "#enterprises/may";
import { scopeOf } from "#enterprises/scope";
import { newKeyText } from "#keys/key-text";
import { addKey, findKeyByText, findLiveKey, renameKey, revokeKey } from "#keys/keys";
import { grants, SCOPE_ACTIONS } from "#keys/scopes";
import { KEY_SCOPES, type KeyScope } from "#protocol/api/key";
import { compose } from "#workers/compose";
import { migrate } from "./client.ts";

const APPS = ["ent_a", "ent_b"] as const;
const MAKERS = ["user_1", "user_2"] as const;
type Place = { app: (typeof APPS)[number]; maker: (typeof MAKERS)[number] };
type Known = Place & {
  key: string;
  keyId: string;
  scopes: KeyScope[];
  expiresAt: number | null;
  gone: boolean;
};
type Step =
  | ({ do: "make"; scopes: KeyScope[]; forMs: number | null } & Place)
  | ({ do: "role"; role: Role | null } & Place)
  | { do: "revoke" | "rename"; nth: number; app: Place["app"] }
  | { do: "wait"; ms: number };

const place = { app: fc.constantFrom(...APPS), maker: fc.constantFrom(...MAKERS) };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant("make" as const),
    scopes: fc.uniqueArray(fc.constantFrom(...KEY_SCOPES), { minLength: 1, maxLength: 3 }),
    forMs: fc.option(fc.integer({ min: 1, max: 100 }), { nil: null }),
    ...place,
  }),
  fc.record({
    do: fc.constant("role" as const),
    role: fc.option(fc.constantFrom(...ROLES), { nil: null }),
    ...place,
  }),
  fc.record({
    do: fc.constantFrom("revoke" as const, "rename" as const),
    nth: fc.nat({ max: 5 }),
    app: place.app,
  }),
  fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 60 }) }),
);

const ACTIONS = [...Object.values(SCOPE_ACTIONS).flat(), "keys.change", "app.delete"] as Action[];
const deps = compose(env);
beforeAll(migrate);

/** Every key that was ever made, as the rules say it stands, against what the stored ones open. */
async function compare(known: Known[], roles: Map<string, Role>, now: number): Promise<void> {
  for (const it of known) {
    const role = roles.get(`${it.app} ${it.maker}`) ?? null;
    const lives = !it.gone && (it.expiresAt === null || it.expiresAt > now) && may(role, "keys.change");
    const found = await findKeyByText(deps.db, it.key, now);
    const named = await findLiveKey(deps.db, scopeOf(it.app), it.keyId, now);
    expect([found?.enterpriseId, named?.keyId]).toEqual(lives ? [it.app, it.keyId] : [undefined, undefined]);
    for (const action of ACTIONS) {
      const has = found !== null && grants(found.scopes, action);
      const should =
        lives && it.scopes.some((scope) => (SCOPE_ACTIONS[scope] as readonly Action[]).includes(action));
      expect({ action, has }).toEqual({ action, has: should });
      if (has) expect(may(role, action)).toBe(true);
    }
    const elsewhere = APPS.find((app) => app !== it.app)!;
    expect(await findLiveKey(deps.db, scopeOf(elsewhere), it.keyId, now)).toBeNull();
  }
}

test("T22 whatever is made, revoked, renamed, expires or happens to its maker: a key opens its scopes in its app, or nothing", async () => {
  const run = async (steps: Step[]) => {
    const known: Known[] = [];
    const roles = new Map<string, Role>();
    let now = 1_000;
    await env.DB.batch(["api_key", "membership"].map((table) => env.DB.prepare(`delete from ${table}`)));
    for (const it of steps) {
      if (it.do === "wait") now += it.ms;
      if (it.do === "role") {
        const who = [it.app, it.maker];
        await env.DB.prepare("delete from membership where enterprise_id = ? and user_id = ?")
          .bind(...who)
          .run();
        roles.delete(who.join(" "));
        if (it.role) {
          roles.set(who.join(" "), it.role);
          await env.DB.prepare("insert into membership values (?, ?, ?, 0)")
            .bind(...who, it.role)
            .run();
        }
      }
      if (it.do === "make") {
        const text = newKeyText(deps.newId);
        const expiresAt = it.forMs === null ? null : now + it.forMs;
        const { app, maker: createdBy, scopes } = it;
        await addKey(deps.db, scopeOf(app), { ...text, name: "k", scopes, createdBy, now, expiresAt });
        known.push({ ...text, app, maker: createdBy, scopes, expiresAt, gone: false });
      }
      if (it.do === "revoke" || it.do === "rename") {
        const which = known[it.nth];
        const done = await (it.do === "revoke"
          ? revokeKey(deps.db, scopeOf(it.app), which?.keyId ?? "key_none")
          : renameKey(deps.db, scopeOf(it.app), which?.keyId ?? "key_none", "other")
        ).then(
          () => true,
          () => false,
        );
        const own = which !== undefined && !which.gone && which.app === it.app;
        expect(done).toBe(own);
        if (own && it.do === "revoke") which.gone = true;
      }
      await compare(known, roles, now);
    }
  };
  const owners: Step[] = APPS.flatMap((app) =>
    MAKERS.map((maker) => ({ do: "role", role: "owner", app, maker })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), (steps) => run([...owners, ...steps])),
    { numRuns: 15, seed: 20_261_125 },
  );
});
