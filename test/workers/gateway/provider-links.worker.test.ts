import { env } from "cloudflare:workers";
import { expect, onTestFinished, test } from "vitest";
import { fakeProvider } from "#test/support/fake-provider";
import { cookiesOf, signInBy, somebody } from "./by-provider.ts";
import { call, makeApp, migrate, signUp } from "./client.ts";
import { goLive } from "./greeter.ts";

test("an app's link lets in who makes their account by a provider; a link that is void by then, or none, does not", async () => {
  const provider = fakeProvider();
  onTestFinished(provider.stop);
  await migrate();
  const owner = await signUp();
  const acme = await makeApp(owner, "Acme");
  await goLive(acme.enterprise_id);
  const path = `/api/apps/${acme.enterprise_id}`;
  const ask = (method: string, where: string, json: unknown) =>
    call(`${path}${where}`, { method, json, token: owner.token });
  await ask("PATCH", "", {
    visibility: "invited",
    sign_in: { google_client_id: "acme-google", github_client_id: "acme-github" },
  });
  for (const name of ["GOOGLE", "GITHUB"])
    await ask("PUT", `/secrets/${name}_CLIENT_SECRET`, { value: "a-secret" });
  const joinHash = () =>
    env.DB.prepare("select join_hash from enterprise where enterprise_id = ?")
      .bind(acme.enterprise_id)
      .first("join_hash");
  const newLink = async () => {
    const made = await call(`${path}/join-link`, { method: "POST", token: owner.token });
    return (made.body as { url: string }).url.split("#token=")[1] ?? "";
  };
  const before = await newLink();
  const token = await newLink();
  for (const name of ["google", "github"]) {
    const person = somebody();
    const refused = [
      await signInBy(provider, acme.url, name, person),
      await signInBy(provider, acme.url, name, person, { headers: { "mozaiks-join": before } }),
      // Whoever read the database knows the hash: what a client says of it counts for nothing.
      await signInBy(provider, acme.url, name, person, {
        more: {
          additionalData: {
            serverContext: { join: await joinHash() },
            join: await joinHash(),
          },
        },
      }),
    ];
    for (const { answer } of refused) {
      expect(answer.headers.get("location")).toMatch(/error=NOT_ADMITTED/);
      expect(cookiesOf(answer)).not.toMatch(/session_token=[^;]/);
    }
    const { answer } = await signInBy(provider, acme.url, name, person, {
      headers: { "mozaiks-join": token },
    });
    expect(answer.headers.get("location")).toBe("/");
    const headers = { cookie: cookiesOf(answer), origin: acme.url };
    const joined = await call("/api/join", { at: acme.url, headers, json: { token } });
    expect(joined.status).toBe(200);
    const me = await call("/api/me", { at: acme.url, headers });
    expect(me.body).toMatchObject({ email: person.email, admitted: true });
  }
  const stored = await env.DB.prepare("select value from verification").all();
  expect(JSON.stringify(stored.results)).not.toContain(token);
  const late = await signInBy(provider, acme.url, "google", somebody(), {
    headers: { "mozaiks-join": token },
    meanwhile: newLink,
  });
  expect(late.answer.headers.get("location")).toMatch(/error=NOT_ADMITTED/);
});
