import type { Auth } from "#protocol/app-file/outside";
import type { RunDeps } from "../run-deps.ts";

export type Authorised =
  | { ok: true; headers: Record<string, string>; query: [string, string][]; secrets: string[] }
  | { ok: false; error: string };

/** Looks the secrets of a call up, as it leaves. `secrets` are the values, to be taken out of whatever comes back. */
export async function authorise(auth: readonly Auth[], secret: RunDeps["secret"]): Promise<Authorised> {
  const headers: Record<string, string> = {};
  const query: [string, string][] = [];
  const secrets: string[] = [];
  for (const it of auth) {
    const value = await secret(it.secret);
    if (value === null || value === "")
      return { ok: false, error: `The app's owner has not stored the secret ${it.secret} yet.` };
    secrets.push(value);
    switch (it.kind) {
      case "bearer":
        headers.authorization = `Bearer ${value}`;
        break;
      case "basic": {
        const pair = it.user === undefined ? value : `${it.user}:${value}`;
        const base64 = btoa(String.fromCharCode(...new TextEncoder().encode(pair)));
        headers.authorization = `Basic ${base64}`;
        secrets.push(base64);
        break;
      }
      case "header":
        headers[it.name.toLowerCase()] = value;
        break;
      case "query":
        query.push([it.name, value]);
        break;
    }
  }
  return { ok: true, headers, query, secrets };
}
