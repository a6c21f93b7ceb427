import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inject } from "vitest";

export type HostSite = { origin: string; close: () => void };

/** What stands at a path: a page or script, or how it is made each time it is asked for. */
export type HostPages = Record<string, string | (() => string | Promise<string>)>;

/** Somebody's own site, of an origin of its own: each path is a page, under the policy of a careful host. */
export async function hostSite(pages: HostPages, policy?: string, host = "127.0.0.1"): Promise<HostSite> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://x");
    const found = pages[pathname];
    const page = typeof found === "function" ? await found() : found;
    const type = pathname.endsWith(".js") ? "text/javascript" : "text/html";
    response.setHeader("content-type", `${type}; charset=utf-8`);
    if (policy) response.setHeader("content-security-policy", policy);
    response.statusCode = page === undefined ? 404 : 200;
    response.end(page ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://${host}:${port}`, close: () => server.close() };
}

type Answer<T> = { status: number; headers: Headers; body: T };

/** A call of the API, as a program or as a page of that address makes it. */
export async function api<T>(
  method: string,
  path: string,
  body?: unknown,
  token?: string,
): Promise<Answer<T>> {
  const at = inject("url");
  const headers: Record<string, string> = { "content-type": "application/json", origin: at };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  const sent = body === undefined ? null : JSON.stringify(body);
  const response = await fetch(`${at}${path}`, { method, headers, body: sent });
  return { status: response.status, headers: response.headers, body: (await response.json()) as T };
}

export type LiveApp = { enterprise_id: string; slug: string; url: string; token: string };

/** A live app whose agent answers, open to guests, with its owner's token. */
export async function liveApp(name: string): Promise<LiveApp> {
  const email = `${crypto.randomUUID()}@example.com`;
  const up = await api("POST", "/api/auth/sign-up/email", {
    email,
    password: "correct horse",
    name: "Owner",
  });
  const token = up.headers.get("set-auth-token") ?? "";
  const app = (await api<Omit<LiveApp, "token">>("POST", "/api/apps", { name }, token)).body;
  const { enterprise_id } = app;
  const agent = { description: "Answers.", instructions: "Greet people." };
  const definition = {
    name: "helper",
    title: "Helper",
    description: "Answers questions.",
    entry_agent: "helper",
    agents: { helper: agent },
  };
  const made = await api("POST", "/api/workflows/register", { enterprise_id, definition }, token);
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  await api("PATCH", `/api/apps/${enterprise_id}`, { sign_in: { guests: true } }, token);
  return { ...app, token };
}

/** Turns an app's signed identity on. @returns what its host site's server signs with */
export async function secretOf({ enterprise_id, token }: LiveApp): Promise<string> {
  const identity = `/api/apps/${enterprise_id}/identity`;
  const { secret } = (await api<{ secret: string }>("POST", `${identity}/secrets`, undefined, token)).body;
  await api("PATCH", identity, { algorithm: "HS256" }, token);
  return secret;
}

/** As a host site's server signs who its visitor is. */
export function signVisitor({ enterprise_id }: LiveApp, name: string, secret: string): string {
  const part = (it: unknown) => Buffer.from(JSON.stringify(it)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const claims = { aud: enterprise_id, sub: name, name, jti: crypto.randomUUID(), iat: now, exp: now + 300 };
  const text = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}
