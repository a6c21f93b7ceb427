import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { vi } from "vitest";

export type ProviderPerson = { id: string; email: string; verified: boolean; name: string };
type Asked = { url: string; body: URLSearchParams };

/**
 * Google and GitHub as far as signing in asks them: authorisation codes, PKCE and profiles, at their own addresses. A
 * code is good once, for the verifier whose hash was asked with.
 */
export function fakeProvider() {
  const codes = new Map<string, { person: ProviderPerson; challenge: string; redirect: string }>();
  const asked: Asked[] = [];
  let count = 0;
  const signing = generateKeyPair("RS256");
  const json = (body: unknown, status = 200) => Response.json(body, { status });
  const segment = (it: object) =>
    btoa(JSON.stringify(it)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

  async function redeem(body: URLSearchParams): Promise<ProviderPerson | null> {
    const code = body.get("code") ?? "";
    const kept = codes.get(code);
    codes.delete(code);
    const verifier = new TextEncoder().encode(body.get("code_verifier") ?? "");
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", verifier));
    const challenge = btoa(String.fromCharCode(...hash))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replace(/=+$/, "");
    return kept?.challenge === challenge && kept.redirect === body.get("redirect_uri") ? kept.person : null;
  }

  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init as RequestInit);
    const body = new URLSearchParams(
      request.method === "POST" ? new TextDecoder().decode(await request.arrayBuffer()) : "",
    );
    asked.push({ url: request.url, body });
    const token = /^Bearer (.*)$/.exec(request.headers.get("authorization") ?? "")?.[1];
    const person = token ? (JSON.parse(atob(token)) as ProviderPerson) : null;
    switch (request.url) {
      case "https://oauth2.googleapis.com/token": {
        const it = await redeem(body);
        if (!it) return json({ error: "invalid_grant" }, 400);
        const claims = { sub: it.id, email: it.email, email_verified: it.verified, name: it.name };
        return json({
          access_token: "a",
          token_type: "Bearer",
          id_token: `${segment({ alg: "none" })}.${segment(claims)}.x`,
        });
      }
      case "https://www.googleapis.com/oauth2/v3/certs":
        return json({ keys: [{ ...(await exportJWK((await signing).publicKey)), kid: "k", alg: "RS256" }] });
      case "https://github.com/login/oauth/access_token": {
        const it = await redeem(body);
        return it
          ? json({ access_token: btoa(JSON.stringify(it)), token_type: "bearer" })
          : json({ error: "bad_verification_code" });
      }
      case "https://api.github.com/user":
        return person
          ? json({ id: person.id, login: "octo", name: person.name, email: null })
          : json({}, 401);
      case "https://api.github.com/user/emails":
        return person
          ? json([{ email: person.email, primary: true, verified: person.verified }])
          : json({}, 401);
      default:
        return json({ error: "unknown address" }, 404);
    }
  });

  return {
    asked,
    stop: () => spy.mockRestore(),
    /** What Google gives a program of a client's: the person, signed. */
    idToken: async (clientId: string, it: ProviderPerson): Promise<string> =>
      new SignJWT({ email: it.email, email_verified: it.verified, name: it.name })
        .setProtectedHeader({ alg: "RS256", kid: "k" })
        .setIssuer("https://accounts.google.com")
        .setAudience(clientId)
        .setSubject(it.id)
        .setIssuedAt()
        .setExpirationTime("5m")
        .sign((await signing).privateKey),
    /** The person says yes at the provider: what their browser is sent back to. */
    consent(authorizeUrl: string, person: ProviderPerson): URL {
      const { searchParams } = new URL(authorizeUrl);
      const code = `code-${count++}`;
      const redirect = searchParams.get("redirect_uri") ?? "";
      codes.set(code, { person, redirect, challenge: searchParams.get("code_challenge") ?? "" });
      const back = new URL(redirect);
      back.searchParams.set("code", code);
      back.searchParams.set("state", searchParams.get("state") ?? "");
      return back;
    },
  };
}
