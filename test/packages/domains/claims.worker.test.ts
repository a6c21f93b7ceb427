import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { checkDomain, type DomainDeps } from "#domains/check-domain";
import { doDue } from "#domains/do-due";
import { claimDomain, findAppByDomain, findDomain, removeDomain } from "#domains/domain-store";
import { localHostnames } from "#domains/local-hostnames";
import { OutsideError } from "#domains/ports";
import type { Db } from "#enterprises/db";
import { scopeOf } from "#enterprises/scope";
import { migrate } from "../../workers/gateway/client.ts";

const db = drizzle(env.DB) as unknown as Db;
const APPS = ["ent_a", "ent_b", "ent_c"];
const HOSTS = ["one.example", "two.example"];
const HOUR = 3_600_000;

beforeAll(async () => {
  await migrate();
  for (const it of APPS)
    await env.DB.prepare(
      "INSERT INTO enterprise (enterprise_id, slug, name, status, created_by, created_at) VALUES (?, ?, ?, 'live', 'u', 0)",
    )
      .bind(it, it.replace("_", "-"), it)
      .run();
});

type Op =
  | { do: "claim" | "check" | "move" | "remove"; app: number; host: number }
  | { do: "checks"; host: number }
  | { do: "records"; host: number; of: number[] }
  | { do: "dns"; up: boolean }
  | { do: "later"; hours: number };

const app = fc.nat(APPS.length - 1);
const host = fc.nat(HOSTS.length - 1);
const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("claim" as const), app, host }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("check" as const), app, host }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("move" as const), app, host }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("remove" as const), app, host }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("checks" as const), host }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("records" as const), host, of: fc.uniqueArray(app) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("dns" as const), up: fc.constantFrom(true, true, false) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("later" as const), hours: fc.constantFrom(1, 7, 25) }),
  },
);

/** DNS, and which claims it has proven when it was last looked at: what the real thing must never go beyond. */
function world() {
  let now = 1_000 * HOUR;
  let up = true;
  let made = 0;
  const tokens = new Map<string, string>();
  const zone = new Map<string, string[]>();
  const key = (host: string, app: string) => `${host} ${app}`;
  const deps: DomainDeps & { log: () => void } = {
    db,
    clock: { now: () => now },
    log: () => undefined,
    hostnames: localHostnames,
    target: "cname.apps.example",
    gone: async () => undefined,
    resolver: {
      async lookup(name, type) {
        if (!up) throw new OutsideError("down");
        if (type !== "TXT") return [{ type: "CNAME", data: "cname.apps.example" }];
        return (zone.get(name.replace("_mozaiks.", "")) ?? []).map((data) => ({
          type: "TXT" as const,
          data,
        }));
      },
    },
  };
  const shows = (host: string, app: string) => {
    const token = tokens.get(key(host, app));
    return token !== undefined && (zone.get(host) ?? []).includes(token);
  };
  async function check(host: string, app: string): Promise<void> {
    const row = await findDomain(db, scopeOf(app), host).catch(() => null);
    if (row) await checkDomain(deps, row);
  }
  async function run(it: Op): Promise<void> {
    if (it.do === "dns") up = it.up;
    else if (it.do === "later") {
      now += it.hours * HOUR;
      // Twice, as it may happen: of one due claim one of them takes the look.
      await Promise.all([doDue(deps), doDue(deps)]);
    } else {
      const host = HOSTS[it.host] ?? "";
      if (it.do === "records") {
        // Of an app that claims nothing now, the record of a claim it gave up.
        zone.set(
          host,
          it.of.map((n) => tokens.get(key(host, APPS[n] ?? "")) ?? `old-${n}`),
        );
      } else if (it.do === "checks") await Promise.all(APPS.map((app) => check(host, app)));
      else {
        const app = APPS[it.app] ?? "";
        if (it.do === "check") await check(host, app);
        // The host's owner moves it to this app.
        else if (it.do === "move") {
          zone.set(host, [tokens.get(key(host, app)) ?? "old"]);
          await check(host, app);
          await check(host, app);
        } else if (it.do === "remove") await removeDomain(db, scopeOf(app), host, now).catch(() => undefined);
        else {
          const token = `t${made++}-${app}`;
          const done = await claimDomain(db, scopeOf(app), { host, token, now }).catch(() => null);
          if (done) tokens.set(key(host, app), token);
        }
        if (it.do === "remove") tokens.delete(key(host, app));
      }
    }
  }
  return { run, shows, zone, isUp: () => up, now: () => now, tokens, key };
}

test("T51 whatever several apps claim, show, take back and look at: a host has one holder, and none without its record", async () => {
  let routed = 0;
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(op, { minLength: 8, maxLength: 40 }), async (ops) => {
      await env.DB.prepare("DELETE FROM domain").run();
      const it = world();
      for (const app of [0, 1, 2]) for (const host of [0, 1]) await it.run({ do: "claim", app, host });
      const before = new Map<string, string>();
      const last = new Map<string, string>();
      /** Claims that showed their record in a look that DNS answered, since when nobody else's took the host. */
      const proved = new Map<string, Set<string>>(HOSTS.map((host) => [host, new Set()]));
      // What could be seen in a step, by whichever look.
      const note = () => {
        for (const host of HOSTS)
          for (const app of APPS)
            if (it.isUp() && it.shows(host, app))
              proved.get(host)?.add(it.tokens.get(it.key(host, app)) ?? "");
      };
      for (const step of ops) {
        note();
        const keep = HOSTS.map((host) => {
          const holder = before.get(host);
          const kept =
            holder !== undefined && it.shows(host, holder) && step.do !== "move" && step.do !== "remove";
          return kept && step.do !== "records" ? holder : undefined;
        });
        await it.run(step);
        note();
        for (const host of HOSTS) {
          const { results } = await env.DB.prepare("SELECT * FROM domain WHERE host = ? AND proven = 1")
            .bind(host)
            .all<{ enterprise_id: string; token: string; lost_at: number | null }>();
          expect(results.length).toBeLessThanOrEqual(1);
          const found = await findAppByDomain(db, host);
          // Who holds it and still shows it loses it to nobody, whether DNS answers or not.
          const kept = keep[HOSTS.indexOf(host)];
          if (kept !== undefined) expect(found?.enterpriseId).toBe(kept);
          if (found === null) {
            before.delete(host);
            continue;
          }
          routed += 1;
          if (last.has(host) && last.get(host) !== found.enterpriseId) taken += 1;
          last.set(host, found.enterpriseId);
          before.set(host, found.enterpriseId);
          const [holder] = results;
          expect(found.enterpriseId).toBe(holder?.enterprise_id);
          // The very claim that stands was shown at some time, and not lost for longer than the grace.
          expect([...(proved.get(host) ?? [])]).toContain(holder?.token);
          expect(holder?.token).toBe(it.tokens.get(it.key(host, found.enterpriseId)));
          if (step.do === "later" && it.isUp() && holder?.lost_at !== null)
            expect(it.now() - (holder?.lost_at ?? 0)).toBeLessThan(24 * HOUR);
          // One who looks and alone shows a record is never refused for a holder who doesn't.
          if ((step.do === "check" || step.do === "move") && it.isUp() && HOSTS[step.host] === host) {
            const looker = APPS[step.app] ?? "";
            const showing = APPS.filter((app) => it.shows(host, app));
            if (showing.length === 1 && showing[0] === looker) expect(holder?.enterprise_id).toBe(looker);
          }
        }
      }
    }),
    { numRuns: 20, seed: 51 },
  );
  // The paths that matter were walked.
  expect(routed).toBeGreaterThan(60);
  expect(taken).toBeGreaterThan(5);
});
