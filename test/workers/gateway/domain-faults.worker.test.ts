import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Domain } from "#protocol/api/domain";
import { type MadeApp, migrate, type Person, signUp } from "./client.ts";
import { liveApp, withDomain } from "./domain-world.ts";

let owner: Person;
let other: Person;
beforeAll(async () => {
  await migrate();
  [owner, other] = await Promise.all([signUp(), signUp()]);
});
beforeEach(() => vi.spyOn(console, "log").mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

test("T51 a removed domain serves nothing at once, says nothing of anybody, and goes at Cloudflare too", async () => {
  const host = "chat.removed.example";
  const { ask, app, domains, cloudflare, later } = await withDomain(owner, host);
  await domains.primary(owner, app, host);
  cloudflare.mood = "down";
  expect((await domains.remove(owner, app, host)).status).toBe(200);
  for (const path of ["/", "/api/site", "/api/me", "/x/y", `/api/workflows/discover/${app.enterprise_id}`]) {
    const gone = await ask(`http://${host}:8787${path}`);
    expect({ path, status: gone.status }).toEqual({ path, status: 404 });
    expect(JSON.stringify(gone.body)).not.toMatch(new RegExp(`${app.enterprise_id}|Acme|${host}`));
    expect(gone.headers.get("cache-control")).toBe("no-store");
  }
  const shown = await ask(`/api/apps/${app.enterprise_id}`, { token: owner.token });
  expect((shown.body as MadeApp).url).toBe(`http://${app.slug}.localhost:8787`);
  // The provider was down: nothing is lost, it is told later.
  expect(cloudflare.find(host)).toBeDefined();
  cloudflare.mood = "well";
  await later();
  expect(cloudflare.find(host)).toBeUndefined();
  expect((await env.DB.prepare("SELECT count(*) AS n FROM domain_release").first())?.n).toBe(0);
});

test("an app that is deleted frees its domains, also at Cloudflare, for another that proves them", async () => {
  const host = "chat.deleted.example";
  const world = await withDomain(owner, host);
  const { ask, app, cloudflare, domains } = world;
  await ask(`/api/apps/${app.enterprise_id}`, { method: "DELETE", token: owner.token });
  expect(cloudflare.find(host)).toBeUndefined();
  expect((await ask(`http://${host}:8787/`)).status).toBe(404);
  const heir = await liveApp(other);
  // What the last one left in DNS proves nothing for the next.
  await domains.claim(other, heir, host);
  expect((await domains.check(other, heir, host)).body).toMatchObject({ status: "pending_dns" });
  expect((await ask(`http://${host}:8787/`)).status).toBe(404);
});

test("T51 whoever shows the record gets the host; a holder who still shows theirs keeps it", async () => {
  const host = "chat.contested.example";
  const { ask, app, domains, doh, cloudflare, claimed, setRecords } = await withDomain(owner, host);
  await domains.primary(owner, app, host);
  const rival = await liveApp(other);
  const theirs = (await domains.claim(other, rival, host)).body as Domain;
  const siteOf = async () =>
    ((await ask(`http://${host}:8787/api/site`)).body as { enterprise_id?: string }).enterprise_id;
  expect((await domains.check(other, rival, host)).body).toMatchObject({ status: "pending_dns" });
  const [mine, rivals] = [claimed, theirs].map((it) => it.records[1]?.value ?? "") as [string, string];
  doh.set(`_mozaiks.${host}`, "TXT", mine, rivals);
  expect((await domains.check(other, rival, host)).body).toMatchObject({
    status: "failed",
    reason: expect.stringMatching(/^Another app uses this host/),
  });
  expect(await siteOf()).toBe(app.enterprise_id);

  setRecords(theirs);
  expect((await domains.check(other, rival, host)).body).toMatchObject({ status: "active" });
  expect(await siteOf()).toBe(rival.enterprise_id);
  expect(await domains.get(owner, app, host)).toMatchObject({ status: "failed", primary: false });
  // The first one's removal takes nothing away from the second.
  await domains.remove(owner, app, host);
  expect(cloudflare.find(host)).toBeDefined();
  expect(await siteOf()).toBe(rival.enterprise_id);
});

test("T51 F42 a record that is gone ends the domain after a day, its owner is told, and the slug still works", async () => {
  const host = "chat.lapsed.example";
  const { ask, app, domains, doh, later, cloudflare, setRecords, claimed } = await withDomain(owner, host);
  await domains.primary(owner, app, host);
  doh.set(`_mozaiks.${host}`, "TXT");
  await later();
  expect(await domains.get(owner, app, host)).toMatchObject({
    status: "active",
    reason: expect.stringContaining("missing. Put it back by"),
  });
  setRecords(claimed);
  await later();
  expect(await domains.get(owner, app, host)).toMatchObject({
    status: "active",
    reason: null,
    primary: true,
  });

  doh.set(`_mozaiks.${host}`, "TXT");
  await later();
  await env.DB.prepare("UPDATE domain SET lost_at = 1 WHERE host = ?").bind(host).run();
  await later();
  expect(await domains.get(owner, app, host)).toMatchObject({ status: "failed", primary: false });
  expect((await ask(`http://${host}:8787/`)).status).toBe(404);
  expect((await ask(`http://${app.slug}.localhost:8787/`)).status).toBe(200);
  await later();
  expect(cloudflare.find(host)).toBeUndefined();
  // Set again, it comes back.
  setRecords(claimed);
  await domains.check(owner, app, host);
  cloudflare.issue(host);
  expect((await domains.check(owner, app, host)).body).toMatchObject({ status: "active" });
});

test.each(["down", "garbage", "servfail"] as const)(
  "F42 while DNS or Cloudflare is %s nothing is lost: what is active stays, what waits is tried again ever later",
  async (mood) => {
    const host = `chat.${mood}.example`;
    const { ask, app, domains, doh, cloudflare, later, setRecords } = await withDomain(owner, host);
    const waiting = `wait.${mood}.example`;
    setRecords((await domains.claim(owner, app, waiting)).body as Domain);
    const inMinutes = async (of: string) => {
      const it = await domains.get(owner, app, of);
      return Math.round((Date.parse(it.next_check_at ?? "") - Date.parse(it.checked_at ?? "")) / 60_000);
    };
    doh.mood = mood;
    const waits: number[] = [];
    for (let i = 0; i < 3; i++) {
      await later();
      waits.push(await inMinutes(waiting));
    }
    expect(waits).toEqual([1, 2, 4]);
    expect(await domains.get(owner, app, waiting)).toMatchObject({
      status: "pending_dns",
      reason: expect.stringContaining("DNS can't be asked"),
    });
    doh.mood = "well";
    cloudflare.mood = mood;
    await later();
    expect(await domains.get(owner, app, waiting)).toMatchObject({
      status: "pending_certificate",
      reason: expect.stringContaining("The certificate service"),
    });
    expect(await domains.get(owner, app, host)).toMatchObject({ status: "active" });
    expect((await ask(`http://${host}:8787/api/site`)).status).toBe(200);
    cloudflare.mood = "well";
    await later();
    cloudflare.issue(waiting);
    await later();
    expect(await domains.get(owner, app, waiting)).toMatchObject({ status: "active", reason: null });
    expect([await inMinutes(host), await inMinutes(waiting)]).toEqual([360, 360]);
  },
);

test("what Cloudflare says is wrong is told, and a validation that ran out of time is begun anew", async () => {
  const host = "chat.blocked.example";
  const { app, domains, cloudflare } = await withDomain(owner, host);
  const made = cloudflare.find(host);
  if (!made) throw new Error("none");
  made.ssl = { status: "pending_validation", validation_errors: [{ message: "CAA forbids it." }] };
  // A renewal that goes wrong takes nothing away while the certificate in use is good.
  expect((await domains.check(owner, app, host)).body).toMatchObject({
    status: "active",
    reason: "CAA forbids it.",
  });
  made.ssl = { status: "validation_timed_out" };
  await domains.check(owner, app, host);
  expect(made.ssl).toEqual({ status: "pending_validation" });
  made.status = "blocked";
  expect((await domains.check(owner, app, host)).body).toMatchObject({
    status: "failed",
    reason: "The certificate service has ended it (blocked).",
  });
  // Deleted there by hand: made anew.
  cloudflare.made.clear();
  expect((await domains.check(owner, app, host)).body).toMatchObject({ status: "pending_certificate" });
  expect(cloudflare.find(host)).toBeDefined();
});
