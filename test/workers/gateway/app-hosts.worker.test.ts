import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { codeOf, type MadeApp, migrate, type Person, signUp } from "./client.ts";
import { domainWorld, liveApp, withDomain } from "./domain-world.ts";

let owner: Person;
let other: Person;
beforeAll(async () => {
  await migrate();
  [owner, other] = await Promise.all([signUp(), signUp()]);
});
beforeEach(() => vi.spyOn(console, "log").mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

test("the main domain is the app's address: pages of the others lead there, with path and query, and the API stays", async () => {
  const host = "chat.main.example";
  const { ask, app, domains } = await withDomain(owner, host);
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

test("a slug that an app had leads to it, and nobody else can have it while it is there", async () => {
  const { ask } = domainWorld({ deployed: false });
  const app = await liveApp(owner);
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
  const app = await liveApp(owner);
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
