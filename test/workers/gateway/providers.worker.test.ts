import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { fakeProvider, type ProviderPerson } from "#test/support/fake-provider";
import { totp } from "#test/support/totp";
import { receive } from "#workers/gateway/receive";
import { beginAt, comeBack, cookiesOf, signInBy, somebody } from "./by-provider.ts";
import { type Answer, call, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { goLive } from "./greeter.ts";
import { codeOfMail } from "./mailbox.ts";

const FOUNDRY = "http://localhost:8787";
let owner: Person;
let acme: MadeApp;
let plain: MadeApp;
let provider: ReturnType<typeof fakeProvider>;
const patch = (app: MadeApp, json: unknown, who = owner) =>
  call(`/api/apps/${app.enterprise_id}`, { method: "PATCH", json, token: who.token });
const setSecret = (name: string, value: string) =>
  call(`/api/apps/${acme.enterprise_id}/secrets/${name}`, {
    method: "PUT",
    json: { value },
    token: owner.token,
  });

beforeAll(async () => {
  await migrate();
  owner = await signUp();
  [acme, plain] = await Promise.all([makeApp(owner, "Acme"), makeApp(owner, "Plain")]);
  await Promise.all([goLive(acme.enterprise_id), goLive(plain.enterprise_id)]);
  await patch(acme, { sign_in: { google_client_id: "acme-google", github_client_id: "acme-github" } });
  await setSecret("GOOGLE_CLIENT_SECRET", "acme-google-secret");
  await setSecret("GITHUB_CLIENT_SECRET", "acme-github-secret");
});
beforeEach(() => {
  provider = fakeProvider();
});
afterEach(() => provider.stop());

const begin = (name: string, at = acme.url, more: object = {}) => beginAt(at, name, { more });
const signInAt = (name: string, person: ProviderPerson) => signInBy(provider, acme.url, name, person);
const meOf = async (answer: Answer, at = acme.url) =>
  (await call("/api/me", { at, headers: { cookie: cookiesOf(answer) } })).body;

test("Google and GitHub sign in with state and PKCE, by the app's own client and secret", async () => {
  for (const name of ["google", "github"]) {
    const person = somebody();
    const { url, answer } = await signInAt(name, person);
    expect(url.searchParams.get("client_id")).toBe(`acme-${name}`);
    expect(url.searchParams.get("redirect_uri")).toBe(`${acme.url}/api/auth/callback/${name}`);
    expect(url.searchParams.get("code_challenge_method")).toBe("S256");
    expect(url.searchParams.get("state")).toMatch(/^.{32,}$/);
    expect({ status: answer.status, to: answer.headers.get("location") }).toEqual({ status: 302, to: "/" });
    expect(await meOf(answer)).toMatchObject({ email: person.email, realm: acme.enterprise_id, name: "Pat" });
    expect(provider.asked.findLast(({ body }) => body.has("client_secret"))?.body.get("client_secret")).toBe(
      `acme-${name}-secret`,
    );
    const again = await signInAt(name, person);
    expect(await meOf(again.answer)).toEqual(await meOf(answer));
  }
  const { results } = await env.DB.prepare(
    "select access_token from account where provider_id = 'google'",
  ).all();
  expect(results.length).toBeGreaterThan(0);
  for (const row of results) expect(row.access_token).not.toBe("a");
});

test("what is not configured is not offered: 404, and the site says so", async () => {
  for (const at of [plain.url, FOUNDRY]) expect((await begin("google", at)).status).toBe(404);
  expect((await begin("facebook")).status).toBe(404);
  expect(
    (await call(`/a/${acme.slug}/api/auth/sign-in/social`, { json: { provider: "google" } })).status,
  ).toBe(404);
  const ways = async (at: string) => ((await call("/api/site", { at })).body as { sign_in: object }).sign_in;
  const usual = { password: true, email: true, passkey: true, guest: false };
  expect(await ways(plain.url)).toEqual({ ...usual, google: false, github: false });
  expect(await ways(acme.url)).toEqual({ ...usual, google: true, github: true });
  const id = { google_client_id: "plain-google" };
  await patch(plain, { sign_in: id });
  expect(await ways(plain.url)).toMatchObject({ google: false });
  expect((await call(`/api/apps/${plain.enterprise_id}`, { token: owner.token })).body).toMatchObject({
    sign_in: { guests: false, google_client_id: "plain-google", github_client_id: null },
  });
  await patch(plain, { sign_in: { google_client_id: null } });
  for (const bad of [{ google_client_id: "<script>" }, { unknown: true }, { guests: "yes" }])
    expect((await patch(plain, { sign_in: bad })).status).toBe(400);
});

test("the foundry's own clients come from its configuration", async () => {
  const ctx = createExecutionContext();
  const bindings = { ...env, GITHUB_CLIENT_ID: "foundry-github", GITHUB_CLIENT_SECRET: "s" };
  const request = new Request(`${FOUNDRY}/api/auth/sign-in/social`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ provider: "github", callbackURL: "/apps" }),
  }) as Request<unknown, IncomingRequestCfProperties>;
  const { url } = (await (await receive(request, bindings, ctx)).json()) as { url: string };
  await waitOnExecutionContext(ctx);
  expect(new URL(url).searchParams.get("client_id")).toBe("foundry-github");
});

test("T19 a state is good once, for the browser and the site that began", async () => {
  const person = somebody();
  const { back, cookie, answer } = await signInAt("google", person);
  expect(answer.headers.get("location")).toBe("/");
  const signedIn = (it: Answer) => it.headers.getSetCookie().some((c) => /session_token=[^;]/.test(c));
  const replayed = provider.consent(
    `https://x/?${new URLSearchParams({ redirect_uri: `${back.origin}${back.pathname}`, state: back.searchParams.get("state") ?? "" })}`,
    person,
  );
  for (const [to, by] of [
    [back, cookie],
    [replayed, cookie],
  ] as const)
    expect(signedIn(await comeBack(to, by))).toBe(false);
  const asked = await begin("google");
  const stolen = provider.consent((asked.body as { url: string }).url, person);
  for (const by of ["", cookie]) {
    const other = await comeBack(stolen, by);
    expect({ signedIn: signedIn(other), to: other.headers.get("location") }).toEqual({
      signedIn: false,
      to: "/sign-in?error=state_mismatch",
    });
  }
  expect(signedIn(await comeBack(stolen, cookiesOf(asked), plain.url))).toBe(false);
  const tampered = provider.consent(
    (asked.body as { url: string }).url.replace(/code_challenge=[^&]*/, "code_challenge=AAAA"),
    person,
  );
  expect(signedIn(await comeBack(tampered, cookiesOf(asked)))).toBe(false);
});

test("T19 a state opens no other door: not as a link, a new password or a code", async () => {
  const asked = await begin("google");
  const state = new URL((asked.body as { url: string }).url).searchParams.get("state") ?? "";
  const headers = { origin: acme.url };
  const doors = [
    call(`/api/auth/magic-link/verify?token=${state}`, { at: acme.url }),
    call("/api/auth/reset-password", {
      at: acme.url,
      headers,
      json: { token: state, newPassword: "a new password" },
    }),
    call("/api/auth/sign-in/email-otp", {
      at: acme.url,
      headers,
      json: { email: "p@example.com", otp: state },
    }),
  ];
  for (const answer of await Promise.all(doors)) expect(answer.headers.get("set-auth-token")).toBeNull();
});

test("T21 what a provider says of an error stays text: no script, no foreign address", async () => {
  const evil = `"><script>alert(1)</script>`;
  for (const name of ["error", "error_description"])
    for (const value of [
      evil,
      "javascript:alert(1)",
      "//evil.example",
      "a\r\nlocation: https://evil.example",
    ]) {
      const asked = await begin("google");
      const state = new URL((asked.body as { url: string }).url).searchParams.get("state") ?? "";
      const query = new URLSearchParams({ state, error: "access_denied", [name]: value });
      const answer = await call(`/api/auth/callback/google?${query}`, {
        at: acme.url,
        headers: { cookie: cookiesOf(asked) },
      });
      const to = answer.headers.get("location") ?? "";
      expect(answer.status).toBe(302);
      expect(to.startsWith("/sign-in?error=")).toBe(true);
      expect(to).not.toMatch(/[<>"\r\n]|\/\//);
      expect(String(answer.body)).not.toContain("<script>");
    }
});

async function provenAt(at: string): Promise<Person> {
  const person = await signUp({ at });
  const { email } = person;
  await call("/api/auth/email-otp/send-verification-otp", {
    at,
    json: { email, type: "email-verification" },
  });
  await call("/api/auth/email-otp/verify-email", { at, json: { email, otp: await codeOfMail(email) } });
  return person;
}

test("a provider's account joins an account with the same address only if both sides have proven it", async () => {
  const at = acme.url;
  const locals = (id: string) =>
    env.DB.prepare("select count(*) as n from account where user_id = ? and provider_id = 'google'")
      .bind(id)
      .first("n");
  const unproven = await signUp({ at });
  const refused = await signInAt("google", somebody({ email: unproven.email }));
  expect(refused.answer.headers.get("location")).toMatch(/^\/sign-in\?error=account_not_linked/);
  expect(await locals(unproven.user_id)).toBe(0);
  const proven = await provenAt(at);
  const claimed = await signInAt("google", somebody({ email: proven.email, verified: false }));
  expect(claimed.answer.headers.get("location")).toMatch(/^\/sign-in\?error=account_not_linked/);
  const joined = await signInAt("google", somebody({ email: proven.email }));
  expect(await meOf(joined.answer)).toMatchObject({ user_id: proven.user_id });
  expect(await locals(proven.user_id)).toBe(1);
});

test("who has a second step is not let in by a provider alone: neither by its page nor by its signed word", async () => {
  const at = acme.url;
  const { email, token } = await provenAt(at);
  const person = somebody({ email });
  const byWord = async () =>
    begin("google", at, { idToken: { token: await provider.idToken("acme-google", person) } });
  expect((await byWord()).status).toBe(200);
  const json = { password: "correct horse" };
  const on = await call("/api/auth/two-factor/enable", { at, token, headers: { origin: at }, json });
  const secret = new URL((on.body as { totpURI: string }).totpURI).searchParams.get("secret") ?? "";
  const code = { code: await totp(secret, Date.now()) };
  const shown = { at, token, headers: { origin: at }, json: code };
  expect((await call("/api/auth/two-factor/verify-totp", shown)).status).toBe(200);
  const { answer } = await signInAt("google", person);
  expect({ to: answer.headers.get("location"), token: answer.headers.get("set-auth-token") }).toEqual({
    to: expect.stringMatching(/^\/sign-in\?error=TWO_STEPS_NEEDED&/),
    token: null,
  });
  expect(await byWord()).toMatchObject({ status: 403, body: { code: "TWO_STEPS_NEEDED" } });
});

test("T20 nobody is sent anywhere but to a path of the site", async () => {
  for (const callbackURL of [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
  ])
    for (const field of ["callbackURL", "errorCallbackURL", "newUserCallbackURL"])
      expect([400, 403]).toContain((await begin("google", acme.url, { [field]: callbackURL })).status);
});

test("how people sign in is the owner's to set, and stands in the audit log", async () => {
  const eve = await signUp();
  expect((await patch(acme, { sign_in: { guests: true } }, eve)).status).toBe(404);
  await patch(acme, { sign_in: { guests: true } });
  const { body } = await call(`/api/apps/${acme.enterprise_id}/audit`, { token: owner.token });
  expect(body).toMatchObject({
    items: [{ action: "app.change", details: { guests: { before: false, after: true } } }, {}, {}, {}],
  });
  await patch(acme, { sign_in: { guests: false } });
});
