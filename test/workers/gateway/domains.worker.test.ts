import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Domain } from "#protocol/api/domain";
import { codeOf, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { CF_TOKEN, domainWorld, liveApp, TARGET, withDomain } from "./domain-world.ts";
import { takeOn } from "./take-on.ts";

let owner: Person;
let other: Person;
beforeAll(async () => {
  await migrate();
  [owner, other] = await Promise.all([signUp(), signUp()]);
});
beforeEach(() => vi.spyOn(console, "log").mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

test("a domain goes from its records to its certificate to being the app, and says what it waits for", async () => {
  const { doh, cloudflare, ask, domains, later } = domainWorld({ deployed: true });
  const app = await liveApp(owner);
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
  // What else its owner has below it may speak plain http.
  const secure = await ask(`https://${host}/api/site`);
  expect(secure.headers.get("strict-transport-security")).toBe("max-age=31536000");
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
  const { ask, app } = await withDomain(owner, host, false);
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
  const { ask, app, domains } = await withDomain(owner, host, false);
  const rival = await liveApp(owner);
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
  const { domains } = domainWorld({ deployed: false });
  const app = await makeApp(owner, "Idn");
  const made = (await domains.claim(owner, app, "Chat.Bücher.example")).body as Domain;
  expect(made.host).toBe("chat.xn--bcher-kva.example");
  expect(codeOf(await domains.claim(owner, app, "chat.xn--bcher-kva.example"))).toBe("CONFLICT");
  expect(await domains.get(owner, app, encodeURIComponent("chat.bücher.example"))).toMatchObject({
    host: made.host,
  });
  await takeOn(owner, app.enterprise_id, other, "editor");
  expect((await domains.list(other, app)).status).toBe(200);
  expect(codeOf(await domains.claim(other, app, "x.idn.example"))).toBe("FORBIDDEN");
  expect(codeOf(await domains.remove(other, app, made.host))).toBe("FORBIDDEN");
});
