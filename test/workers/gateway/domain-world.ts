import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import type { Domain } from "#protocol/api/domain";
import { doScheduled } from "#workers/domains/do-scheduled";
import type { Env } from "#workers/env";
import { receive } from "#workers/gateway/receive";
import { FakeCloudflare } from "../../support/fake-cloudflare.ts";
import { FakeDoh } from "../../support/fake-doh.ts";
import { type Answer, type Ask, call, type MadeApp, makeApp, type Person } from "./client.ts";
import { GREETER } from "./greeter.ts";

export const TARGET = "cname.localhost";
export const CF_TOKEN = "cf-token-canary-41c8";

/** The Worker with a DNS and a Cloudflare of its own; `deployed`: with Cloudflare's certificates. */
export function domainWorld(it: { deployed: boolean }) {
  const doh = new FakeDoh();
  const cloudflare = new FakeCloudflare("zone1", CF_TOKEN);
  const bindings: Env = {
    ...env,
    DNS_RESOLVER_URL: "https://doh.test/dns-query",
    ASSETS: { fetch: async () => new Response("<title>UI</title>") } as unknown as Fetcher,
    ...(it.deployed ? { CF_API_URL: "https://cf.test/v4", CF_API_TOKEN: CF_TOKEN, CF_ZONE_ID: "zone1" } : {}),
  };
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    const address = String(url);
    const answer = address.startsWith("https://doh.test/")
      ? await doh.answer(address)
      : await cloudflare.answer(
          init?.method ?? "GET",
          address,
          new Headers(init?.headers).get("authorization"),
          String(init?.body ?? ""),
        );
    if (answer.type === "error") throw new TypeError("connection refused");
    return answer;
  });

  /** One request through the real Worker, at whatever host. */
  async function ask(address: string, how: Ask = {}): Promise<Answer> {
    const headers = new Headers(how.headers);
    const body = how.raw ?? (how.json === undefined ? undefined : JSON.stringify(how.json));
    if (body !== undefined) headers.set("content-type", "application/json");
    if (how.token !== undefined) headers.set("authorization", `Bearer ${how.token}`);
    const method = how.method ?? (body === undefined ? "GET" : "POST");
    const url = address.startsWith("/") ? `http://localhost:8787${address}` : address;
    const request = new Request(url, {
      method,
      headers,
      redirect: "manual",
      ...(body === undefined ? {} : { body }),
    });
    const ctx = createExecutionContext();
    const response = await receive(request, bindings, ctx);
    await waitOnExecutionContext(ctx);
    const text = await response.text();
    const json = response.headers.get("content-type")?.includes("/json");
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  }

  const path = (app: MadeApp, rest = "") => `/api/apps/${app.enterprise_id}/domains${rest}`;
  const domains = {
    claim: (by: Person, app: MadeApp, host: string) => ask(path(app), { token: by.token, json: { host } }),
    list: (by: Person, app: MadeApp) => ask(path(app), { token: by.token }),
    get: async (by: Person, app: MadeApp, host: string) =>
      (await ask(path(app, `/${host}`), { token: by.token })).body as Domain,
    /** As if nobody had looked for a while. */
    check: async (by: Person, app: MadeApp, host: string) => {
      await env.DB.prepare("UPDATE domain SET checked_at = NULL WHERE host = ?").bind(host).run();
      return ask(path(app, `/${host}/check`), { method: "POST", token: by.token });
    },
    primary: (by: Person, app: MadeApp, host: string, primary = true) =>
      ask(path(app, `/${host}`), { method: "PATCH", token: by.token, json: { primary } }),
    remove: (by: Person, app: MadeApp, host: string) =>
      ask(path(app, `/${host}`), { method: "DELETE", token: by.token }),
  };
  /** What its owner does where their DNS is kept. */
  function setRecords(it: Domain): void {
    for (const { name, type, value } of it.records) doh.set(name, type, value);
  }
  /** All that is planned is due: one round of the schedule. */
  async function later(): Promise<void> {
    await env.DB.prepare("UPDATE domain SET next_check_at = 1 WHERE next_check_at IS NOT NULL").run();
    await env.DB.prepare("UPDATE domain_release SET next_try_at = 1").run();
    await doScheduled(null, bindings);
  }
  return { doh, cloudflare, bindings, ask, domains, setRecords, later };
}

let n = 0;
/** An app that its people can reach. */
export async function liveApp(by: Person): Promise<MadeApp> {
  const app = await makeApp(by, `Acme ${n++}`);
  const json = { enterprise_id: app.enterprise_id, definition: GREETER };
  const made = await call("/api/workflows/register", { token: by.token, json });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return app;
}

/** A live app with an active domain, in a world of its own. */
export async function withDomain(owner: Person, host: string, deployed = true) {
  const world = domainWorld({ deployed });
  const app = await liveApp(owner);
  const claimed = (await world.domains.claim(owner, app, host)).body as Domain;
  world.setRecords(claimed);
  await world.domains.check(owner, app, host);
  if (deployed) world.cloudflare.issue(host);
  const active = await world.domains.check(owner, app, host);
  if ((active.body as Domain).status !== "active") throw new Error(JSON.stringify(active.body));
  return { ...world, app, claimed };
}
