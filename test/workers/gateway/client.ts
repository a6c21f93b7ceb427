import { applyD1Migrations } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";

const FOUNDRY = "http://localhost:8787";
/** The Worker itself, as a browser or program reaches it. */
export const worker = (exports as unknown as { default: Fetcher }).default;
let mailbox = 0;

/** Applies the migrations to this file's own database. */
export async function migrate(): Promise<void> {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
}

export type Answer = { status: number; headers: Headers; body: unknown };
export type Ask = {
  method?: string;
  json?: unknown;
  raw?: string;
  token?: string | undefined;
  headers?: Record<string, string>;
  /** Origin to call; the foundry's by default. */
  at?: string;
};

/** One call through the real Worker. A `json` body makes it a POST. */
export async function call(path: string, ask: Ask = {}): Promise<Answer> {
  const body = ask.raw ?? (ask.json === undefined ? undefined : JSON.stringify(ask.json));
  const headers = new Headers(ask.headers);
  if (body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
  if (ask.token !== undefined) headers.set("authorization", `Bearer ${ask.token}`);
  const method = ask.method ?? (body === undefined ? "GET" : "POST");
  const init: RequestInit = { method, headers, redirect: "manual", ...(body !== undefined && { body }) };
  const response = await worker.fetch(new Request(`${ask.at ?? FOUNDRY}${path}`, init));
  const text = await response.text();
  const json = response.headers.get("content-type")?.includes("/json");
  return {
    status: response.status,
    headers: response.headers,
    body: json && text !== "" ? JSON.parse(text) : text,
  };
}

export type Person = { token: string; user_id: string; email: string };

/** A new person of the realm that the address (`at`, or a path prefix like `/a/acme`) belongs to. */
export async function signUp(
  where: { at?: string; prefix?: string; email?: string; name?: string } = {},
): Promise<Person> {
  const email = where.email ?? `person-${mailbox++}@example.com`;
  const answer = await call(`${where.prefix ?? ""}/api/auth/sign-up/email`, {
    json: { email, password: "correct horse", name: where.name ?? "A Person" },
    ...(where.at ? { at: where.at } : {}),
  });
  const token = answer.headers.get("set-auth-token");
  if (answer.status !== 200 || !token)
    throw new Error(`sign-up: ${answer.status} ${JSON.stringify(answer.body)}`);
  return { token, user_id: (answer.body as { user: { id: string } }).user.id, email };
}

export type MadeApp = { enterprise_id: string; slug: string; url: string; status: string; name: string };

export async function makeApp(owner: Person, name = "Acme"): Promise<MadeApp> {
  const answer = await call("/api/apps", { json: { name }, token: owner.token });
  if (answer.status !== 201) throw new Error(`create: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as MadeApp;
}

/** The code of an error answer. */
export function codeOf(answer: Answer): string | undefined {
  return (answer.body as { error?: { code?: string } }).error?.code;
}
