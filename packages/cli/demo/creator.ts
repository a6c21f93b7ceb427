import { randomBytes } from "node:crypto";
import type { ErrorBody } from "#protocol/errors";
import { refuse } from "../launch/refusal.mjs";

/** Somebody signed in at a platform, for a program: `call("GET", "/api/me")`. */
export type Creator = {
  url: string;
  userId: string;
  call<T>(method: "GET" | "POST" | "PATCH", path: string, body?: unknown): Promise<T>;
};

/** Signs up a creator whom nobody will need again. */
export async function signUp(url: string): Promise<Creator> {
  const name = `demo-${randomBytes(6).toString("hex")}`;
  const answer = await post(`${url}/api/auth/sign-up/email`, {
    email: `${name}@example.com`,
    password: randomBytes(18).toString("base64url"),
    name: "Demo creator",
  });
  const token = answer.headers.get("set-auth-token");
  const { user } = (await answer.json()) as { user?: { id: string } };
  if (!answer.ok || !token || !user)
    return refuse(`${url} did not sign a new creator up (${answer.status}).`);
  return {
    url,
    userId: user.id,
    async call<T>(method: "GET" | "POST" | "PATCH", path: string, body?: unknown): Promise<T> {
      const reply = await fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body ? { "content-type": "application/json" } : {}),
        },
        body: body ? JSON.stringify(body) : undefined,
      });
      if (reply.ok) return (await reply.json()) as T;
      const { error } = (await reply.json().catch(() => ({}))) as Partial<ErrorBody>;
      return refuse(
        `${method} ${path}: ${error?.message ?? reply.statusText} (${error?.code ?? reply.status})`,
      );
    },
  };
}

function post(url: string, body: unknown): Promise<Response> {
  // Node's fetch says that it fetches as a page does, and pages name their origin when they sign people in.
  const headers = { "content-type": "application/json", origin: new URL(url).origin };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body) }).catch((error: Error) =>
    refuse(`${new URL(url).origin} does not answer: ${error.message}.`),
  );
}
