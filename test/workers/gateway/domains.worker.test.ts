import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Domain } from "#protocol/api/domain";
import { call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { CF_TOKEN, domainWorld, TARGET } from "./domain-world.ts";
import { GREETER } from "./greeter.ts";

let owner: Person;
let other: Person;
let n = 0;
beforeAll(async () => {
  await migrate();
  [owner, other] = await Promise.all([signUp(), signUp()]);
});
beforeEach(() => vi.spyOn(console, "log").mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

async function liveApp(by = owner): Promise<MadeApp> {
  const app = await makeApp(by, `Acme ${n++}`);
  const json = { enterprise_id: app.enterprise_id, definition: GREETER };
  const made = await call("/api/workflows/register", { token: by.token, json });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return app;
}

/** A live app with an active domain, in a world of its own. */
async function withDomain(host: string, deployed = true) {
  const world = domainWorld({ deployed });
  const app = await liveApp();
  const claimed = (await world.domains.claim(owner, app, host)).body as Domain;
  world.setRecords(claimed);
  await world.domains.check(owner, app, host);
  if (deployed) world.cloudflare.issue(host);
  const active = await world.domains.check(owner, app, host);
  expect((active.body as Domain).status).toBe("active");
  return { ...world, app, claimed };
}

test("a domain goes from its records to its certificate to being the app, and says what it waits for", async () => {
  const { doh, cloudflare, ask, domains, later } = domainWorld({ deployed: true });
  const app = await liveApp();
  const host = "chat.first.example";
  const claim = await domains.claim(owner, app, "Chat.FIRST.example.");
  expect(claim.status).toBe(201);
  const made = claim.body as Domain;
  expect(made).toMatchObject({ host, status: "pending_dns", primary: false, checked_at: null });
  expect(made.records).toEqual([
    { type: "CNAME", name: host, value: TARGET },
    { type: "TXT", name: `_mozaiks.${host}`, value: expect.stringMatching(/^mozaiks_[0-9a-z]{26}$/) },
  ]);
  expect(codeOf(await domains.claim(owner, app, host))).toBe("CONFLICT");

  expect((await domains.check(owner, app, host)).body).toMatchObject({
    status: "pending_dns",
    reason: expect.stringContaining(`TXT record at _mozaiks.${host}`),
  });
  doh.set(`_mozaiks.${host}`, "TXT", "v=other", made.records[1]?.value ?? "");
  expect((await domains.check(owner, app, host)).body).toMatchObject({
    status: "pending_dns",
    reason: expect.stringContaining(`CNAME record to ${TARGET}`),
  });
  expect(cloudflare.asked).toEqual([]);
  doh.set(host, "CNAME", TARGET);
  await later();
  expect(await domains.get(owner, app, host)).toMatchObject({ status: "pending_certificate" });
  expect((await ask(`http://${host}:8787/api/site`)).status).toBe(404);
  expect(cloudflare.find(host)).toBeDefined();

  cloudflare.issue(host);
  await later();
  expect(await domains.get(owner, app, host)).toMatchObject({ status: "active", reason: null });
  const site = await ask(`http://${host}:8787/api/site`);
  expect(site.body).toMatchObject({ kind: "app", enterprise_id: app.enterprise_id });
  const page = await ask(`http://${host}:8787/`);
  expect([page.status, page.body]).toEqual([200, "<title>UI</title>"]);
  // It can't be asked for at once again, and what it was asked stands in the audit log.
  const again = await ask(`/api/apps/${app.enterprise_id}/domains/${host}/check`, {
    method: "POST",
    token: owner.token,
  });
  expect([codeOf(again), Number(again.headers.get("retry-after"))]).toEqual([
    "RATE_LIMITED",
    expect.any(Number),
  ]);
  const audit = await ask(`/api/apps/${app.enterprise_id}/audit`, { token: owner.token });
  const actions = (audit.body as { items: { action: string; outcome: string }[] }).items.map(
    (it) => `${it.action} ${it.outcome}`,
  );
  expect(actions).toEqual(
    expect.arrayContaining(["domains.add done", "domains.add CONFLICT", "domains.check done"]),
  );
  expect(JSON.stringify(audit.body)).not.toContain(CF_TOKEN);
});

test("at a domain the realm is the app's, sockets are of the host in use, and cookies are that host's", async () => {
  const host = "chat.realm.example";
  const { ask, app } = await withDomain(host, false);
  const at = `http://${host}:8787`;
  const signedUp = await ask(`${at}/api/auth/sign-up/email`, {
    json: { email: "user@example.com", password: "correct horse", name: "U" },
    headers: { origin: at },
  });
  expect(signedUp.status).toBe(200);
  const cookie = (signedUp.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  expect(signedUp.headers.get("set-cookie")).not.toMatch(/domain=/i);
  const me = await ask(`${at}/api/me`, { headers: { cookie } });
  expect(me.body).toMatchObject({ realm: app.enterprise_id });
  const user_id = (me.body as { user_id: string }).user_id;
  const start = await ask(`${at}/api/chats/${app.enterprise_id}/greeter/start`, {
    json: { user_id },
    headers: { cookie, origin: at },
  });
  expect(start.body).toMatchObject({
    websocket_url: expect.stringMatching(new RegExp(`^ws://${host}:8787/ws/greeter/`)),
  });
  // The same cookie from a page of elsewhere changes nothing.
  const evil = await ask(`${at}/api/chats/${app.enterprise_id}/greeter/start`, {
    json: { user_id },
    headers: { cookie, origin: "http://evil.example:8787" },
  });
  expect(codeOf(evil)).toBe("WRONG_ORIGIN");
  // The foundry knows nobody of it.
  expect((await ask("/api/me", { headers: { cookie } })).status).toBe(401);
});

test("T10 sockets take pages of the app's active domains, exactly, and of no other's", async () => {
  const host = "chat.sockets.example";
  const { ask, app, domains } = await withDomain(host, false);
  const rival = await liveApp();
  await domains.claim(owner, app, "pending.sockets.example");
  const open = async (to: MadeApp, origin: string | null) => {
    const answer = await ask(`http://${to.slug}.localhost:8787/ws/greeter/${to.enterprise_id}/c1/u1`, {
      headers: { upgrade: "websocket", ...(origin === null ? {} : { origin }) },
    }).catch(() => ({ status: 101 }));
    return answer.status;
  };
  expect(await open(app, `http://${host}:8787`)).not.toBe(403);
  for (const origin of [
    "null",
    `https://${host}:8787`,
    `http://${host}`,
    `http://${host}:8788`,
    `http://x.${host}:8787`,
    `http://evil${host}:8787`,
    `http://${host}.evil.example:8787`,
    `http://${host.toUpperCase()}:8787`,
    "http://pending.sockets.example:8787",
    "http://localhost:8787",
  ])
    expect({ origin, status: await open(app, origin) }).toEqual({ origin, status: 403 });
  expect(await open(rival, `http://${host}:8787`)).toBe(403);
});

test("the main domain is the app's address: pages of the others lead there, with path and query, and the API stays", async () => {
  const host = "chat.main.example";
  const { ask, app, domains } = await withDomain(host);
  const slugSite = `http://${app.slug}.localhost:8787`;
  expect((await ask(`${slugSite}/c/1`)).status).toBe(200);
  expect((await domains.primary(owner, app, host)).body).toMatchObject({ primary: true });
  const shown = await ask(`/api/apps/${app.enterprise_id}`, { token: owner.token });
  expect((shown.body as MadeApp).url).toBe(`http://${host}:8787`);
  for (const method of ["GET", "HEAD"]) {
    const led = await ask(`${slugSite}/c/1?a=b&c=%20d`, { method });
    expect([led.status, led.headers.get("location")]).toEqual([308, `http://${host}:8787/c/1?a=b&c=%20d`]);
  }
  expect((await ask(`${slugSite}//evil.example/x`)).headers.get("location")).toBe(
    `http://${host}:8787//evil.example/x`,
  );
  expect((await ask(`${slugSite}/c/1`, { method: "POST" })).status).not.toBe(308);
  expect((await ask(`${slugSite}/api/site`)).status).toBe(200);
  expect((await ask(`http://${host}:8787/c/1`)).status).toBe(200);

  expect((await domains.primary(owner, app, host, false)).body).toMatchObject({ primary: false });
  expect((await ask(`${slugSite}/c/1`)).status).toBe(200);
  await domains.claim(owner, app, "pending.main.example");
  expect(codeOf(await domains.primary(owner, app, "pending.main.example"))).toBe("CONFLICT");
});

test("T51 a removed domain serves nothing at once, says nothing of anybody, and goes at Cloudflare too", async () => {
  const host = "chat.removed.example";
  const { ask, app, domains, cloudflare, later } = await withDomain(host);
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
  const world = await withDomain(host);
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
  const { ask, app, domains, doh, cloudflare, claimed, setRecords } = await withDomain(host);
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
  const { ask, app, domains, doh, later, cloudflare, setRecords, claimed } = await withDomain(host);
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
    const { ask, app, domains, doh, cloudflare, later, setRecords } = await withDomain(host);
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
  const { app, domains, cloudflare } = await withDomain(host);
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

test("an app may have ten domains, however many are asked for at once; nobody's own are refused", async () => {
  const { domains } = domainWorld({ deployed: false });
  const app = await makeApp(owner, "Many");
  for (const host of [
    ...["localhost", "x.localhost", "acme.localhost:8787", "127.0.0.1", "[::1]", "2130706433", "0x7f.1"],
    ...["*.acme.example", "co.uk", "github.io", "com", "https://a.example", "a.example/x", "u@a.example"],
    ...["a.example:80", "a..example", "-a.example", "a_b.example", "printer.local", "10.0.0.1.nip.io", " "],
    ...[
      `${"a".repeat(64)}.example`,
      `${"a.".repeat(125)}example`,
      "a.example?x",
      "a.example#x",
      "a%2eb.example",
    ],
  ]) {
    const refused = await domains.claim(owner, app, host);
    expect({ host, status: refused.status }).toEqual({ host, status: 400 });
  }
  const made = await Promise.all(
    Array.from({ length: 14 }, (_, i) => domains.claim(owner, app, `d${i}.many.example`)),
  );
  const list = (await domains.list(owner, app)).body as { items: Domain[]; max_domains: number };
  expect(list.items.length).toBeLessThanOrEqual(10);
  expect(list.items.length).toBe(made.filter(({ status }) => status === 201).length);
  expect(made.filter(({ status }) => status === 403).length).toBe(14 - list.items.length);
  expect(list.max_domains).toBe(10);
});

test("who may not change the app's domains can't, and an international name is one name", async () => {
  const { domains, ask } = domainWorld({ deployed: false });
  const app = await makeApp(owner, "Idn");
  const made = (await domains.claim(owner, app, "Chat.Bücher.example")).body as Domain;
  expect(made.host).toBe("chat.xn--bcher-kva.example");
  expect(codeOf(await domains.claim(owner, app, "chat.xn--bcher-kva.example"))).toBe("CONFLICT");
  expect(await domains.get(owner, app, encodeURIComponent("chat.bücher.example"))).toMatchObject({
    host: made.host,
  });
  await ask(`/api/apps/${app.enterprise_id}/members`, {
    token: owner.token,
    json: { email: other.email, role: "editor" },
  });
  expect((await domains.list(other, app)).status).toBe(200);
  expect(codeOf(await domains.claim(other, app, "x.idn.example"))).toBe("FORBIDDEN");
  expect(codeOf(await domains.remove(other, app, made.host))).toBe("FORBIDDEN");
});

test("a slug that an app had leads to it, and nobody else can have it while it is there", async () => {
  const { ask } = domainWorld({ deployed: false });
  const app = await liveApp();
  const rename = (of: MadeApp, slug: string, by = owner) =>
    ask(`/api/apps/${of.enterprise_id}`, { method: "PATCH", token: by.token, json: { slug } });
  const next = `${app.slug}-new`;
  expect((await rename(app, next)).status).toBe(200);
  const led = await ask(`http://${app.slug}.localhost:8787/a?b=c`);
  expect([led.status, led.headers.get("location")]).toEqual([308, `http://${next}.localhost:8787/a?b=c`]);
  expect((await ask(`http://${app.slug}.localhost:8787/api/site`)).body).toMatchObject({ slug: next });
  const rival = await liveApp(other);
  expect(codeOf(await rename(rival, app.slug, other))).toBe("CONFLICT");
  expect(codeOf(await rename(rival, "www", other))).toBe("BAD_REQUEST");
  // Back again, and the other way round.
  expect((await rename(app, app.slug)).status).toBe(200);
  expect((await ask(`http://${next}.localhost:8787/`)).headers.get("location")).toBe(
    `http://${app.slug}.localhost:8787/`,
  );
  expect((await ask(`http://${app.slug}.localhost:8787/`)).status).toBe(200);
  for (let i = 0; i < 9; i++) expect((await rename(app, `${next}-${i}`)).status).toBe(200);
  expect(codeOf(await rename(app, `${next}-more`))).toBe("FORBIDDEN");
  expect((await rename(app, next)).status).toBe(200);
  await ask(`/api/apps/${app.enterprise_id}`, { method: "DELETE", token: owner.token });
  expect((await rename(rival, app.slug, other)).status).toBe(200);
});

test("T52 a host that is nobody's has one page, whatever other headers say", async () => {
  const { ask } = domainWorld({ deployed: false });
  const app = await liveApp();
  for (const host of [
    "nobody.example",
    "127.0.0.2",
    "no-such-app.localhost",
    "a.b.localhost",
    "x",
    "xn--a.example",
  ]) {
    const page = await ask(`http://${host}:8787/c/1`, {
      headers: { "x-forwarded-host": `${app.slug}.localhost:8787`, forwarded: `host=${app.slug}.localhost` },
    });
    expect({ host, status: page.status }).toEqual({ host, status: 404 });
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.body).toContain("There is nothing here.");
    const api = await ask(`http://${host}:8787/api/site`, {
      headers: { "x-forwarded-host": "localhost:8787" },
    });
    expect([api.status, codeOf(api)]).toEqual([404, "NOT_FOUND"]);
  }
});
