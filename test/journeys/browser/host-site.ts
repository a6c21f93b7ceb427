import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inject } from "vitest";

export type HostSite = { origin: string; close: () => void };

/** Somebody's own site, of an origin of its own: each path is a page, under the policy of a careful host. */
export async function hostSite(
  pages: Record<string, string>,
  policy?: string,
  host = "127.0.0.1",
): Promise<HostSite> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://x");
    const page = pages[pathname];
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
