import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { type Authenticator, softwareAuthenticator } from "#test/support/software-authenticator";
import { totp } from "#test/support/totp";
import { type Answer, call, type MadeApp, makeApp, migrate, signUp } from "./client.ts";
import { goLive } from "./greeter.ts";
import { codeOfMail, tokenOfMail } from "./mailbox.ts";

const FOUNDRY = "http://localhost:8787";
const password = "correct horse";
let acme: MadeApp;
let globex: MadeApp;
beforeAll(async () => {
  await migrate();
  const owner = await signUp();
  [acme, globex] = await Promise.all([makeApp(owner, "Acme"), makeApp(owner, "Globex")]);
  await Promise.all([goLive(acme.enterprise_id), goLive(globex.enterprise_id)]);
});

const cookiesOf = ({ headers }: Answer) =>
  headers
    .getSetCookie()
    .map((it) => it.split(";")[0])
    .filter((it) => !it?.endsWith("="))
    .join("; ");
type From = { at?: string; token?: string; cookie?: string; origin?: string };
const post = (path: string, json: unknown, { at = FOUNDRY, token, cookie, origin = at }: From = {}) =>
  call(`/api/auth${path}`, { json, at, token, headers: { origin, ...(cookie && { cookie }) } });
const get = (path: string, { at = FOUNDRY, token, cookie }: From = {}) =>
  call(`/api/auth${path}`, { at, token, headers: cookie ? { cookie } : {} });

async function enableSecondStep(at: string, token: string) {
  const on = await post("/two-factor/enable", { password }, { at, token });
  const { totpURI, backupCodes } = on.body as { totpURI: string; backupCodes: string[] };
  const secret = new URL(totpURI).searchParams.get("secret") ?? "";
  const shown = await post(
    "/two-factor/verify-totp",
    { code: await totp(secret, Date.now()) },
    { at, token },
  );
  expect(shown.status).toBe(200);
  return { token: shown.headers.get("set-auth-token") ?? "", secret, backupCodes, totpURI };
}

/** Somebody with an authenticator app. */
async function withSecondStep(at = FOUNDRY) {
  const person = await signUp({ at });
  const on = await enableSecondStep(at, person.token);
  expect((await call("/api/me", { at, token: person.token })).status).toBe(401);
  return { ...person, ...on };
}
const signIn = (email: string, at = FOUNDRY) => post("/sign-in/email", { email, password }, { at });

test("codes are those of RFC 6238", async () => {
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  const vectors: [number, string][] = [
    [59, "287082"],
    [1111111109, "081804"],
    [1234567890, "005924"],
    [20000000000, "353130"],
  ];
  for (const [seconds, code] of vectors) expect(await totp(secret, seconds * 1_000)).toBe(code);
});

test("with a second step the password alone is nobody; the app's code lets in, under the site's name", async () => {
  const { email, secret, totpURI } = await withSecondStep(acme.url);
  expect(decodeURIComponent(totpURI)).toContain("otpauth://totp/Acme:");
  const first = await signIn(email, acme.url);
  expect(first.body).toEqual({ twoFactorRedirect: true, twoFactorMethods: ["totp"] });
  expect(first.headers.get("set-auth-token")).toBeNull();
  const cookie = cookiesOf(first);
  expect((await call("/api/me", { at: acme.url, headers: { cookie } })).status).toBe(401);
  const wrong = await post("/two-factor/verify-totp", { code: "000000" }, { at: acme.url, cookie });
  expect(wrong.status).toBe(401);
  const elsewhere = await post(
    "/two-factor/verify-totp",
    { code: await totp(secret, Date.now()) },
    { at: globex.url, cookie },
  );
  expect(elsewhere.status).toBe(401);
  // The code that switched it on was used.
  const code = await totp(secret, Date.now() + 30_000);
  const second = await post("/two-factor/verify-totp", { code }, { at: acme.url, cookie });
  expect(second.status).toBe(200);
  expect(
    (await call("/api/me", { at: acme.url, headers: { cookie: cookiesOf(second) } })).body,
  ).toMatchObject({ email });
  const again = await post("/two-factor/verify-totp", { code }, { at: acme.url, cookie });
  expect(again.status).toBe(401);
});

test("a second step can't be guessed: five tries a sign-in, ten in a row an account", async () => {
  const { email, secret } = await withSecondStep();
  for (let round = 0; round < 2; round += 1) {
    const cookie = cookiesOf(await signIn(email));
    for (let n = 0; n < 5; n += 1)
      expect((await post("/two-factor/verify-totp", { code: "000000" }, { cookie })).status).toBe(401);
    const late = await post("/two-factor/verify-totp", { code: await totp(secret, Date.now()) }, { cookie });
    expect(late.status).toBeGreaterThanOrEqual(400);
  }
  const cookie = cookiesOf(await signIn(email));
  const locked = await post("/two-factor/verify-totp", { code: await totp(secret, Date.now()) }, { cookie });
  expect(locked.status).toBe(429);
});

test("a backup code lets in once", async () => {
  const { email, backupCodes } = await withSecondStep();
  expect(new Set(backupCodes).size).toBe(10);
  const use = async (code: string) =>
    post("/two-factor/verify-backup-code", { code }, { cookie: cookiesOf(await signIn(email)) });
  expect((await use("nonsense")).status).toBe(401);
  expect((await use(backupCodes[0]!)).status).toBe(200);
  expect((await use(backupCodes[0]!)).status).toBe(401);
});

test("who has a second step is not let in by mail alone, and a new password does not remove it", async () => {
  const { email, user_id } = await withSecondStep();
  await env.DB.prepare("update user set email_verified = 1 where id = ?").bind(user_id).run();
  await post("/email-otp/send-verification-otp", { email, type: "sign-in" });
  const byCode = await post("/sign-in/email-otp", { email, otp: await codeOfMail(email) });
  expect(byCode).toMatchObject({ status: 403, body: { code: "TWO_STEPS_NEEDED" } });
  await post("/sign-in/magic-link", { email });
  const byLink = await get(`/magic-link/verify?token=${await tokenOfMail(email)}`);
  expect(byLink.status).toBe(403);
  expect(byLink.headers.get("set-auth-token")).toBeNull();
  await post("/request-password-reset", { email });
  await post("/reset-password", { token: await tokenOfMail(email), newPassword: password });
  expect((await signIn(email)).body).toMatchObject({ twoFactorRedirect: true });
});

test("a second step is set and taken away with the password only; its secret is not readable where it is kept", async () => {
  const { token, secret, backupCodes } = await withSecondStep();
  expect((await post("/two-factor/disable", { password: "wrong password" }, { token })).status).toBe(400);
  const { results } = await env.DB.prepare("select * from two_factor").all();
  for (const it of [secret, ...backupCodes]) expect(JSON.stringify(results)).not.toContain(it);
  const off = await post("/two-factor/disable", { password }, { token });
  expect(off.status).toBe(200);
  const eve = await signUp();
  expect(
    (await post("/two-factor/enable", { password: "wrong password" }, { token: eve.token })).status,
  ).toBe(400);
});

const rpIdOf = (at: string) => new URL(at).hostname;
async function registered(at: string) {
  const person = await signUp({ at });
  const signedIn = cookiesOf(await signIn(person.email, at));
  const device = await softwareAuthenticator({ origin: at, rpId: rpIdOf(at) });
  const asked = await get("/passkey/generate-register-options", { at, cookie: signedIn });
  expect(asked.body).toMatchObject({ rp: { id: rpIdOf(at) } });
  const cookie = `${signedIn}; ${cookiesOf(asked)}`;
  const response = await device.register(asked.body as { challenge: string });
  const kept = await post("/passkey/verify-registration", { response, name: "My laptop" }, { at, cookie });
  expect(kept.status).toBe(200);
  return { ...person, device, cookie: signedIn, id: (kept.body as { id: string }).id };
}
async function byPasskey(
  device: Authenticator,
  at: string,
  claim: Parameters<Authenticator["assert"]>[1] = {},
) {
  const asked = await get("/passkey/generate-authenticate-options", { at });
  const response = await device.assert(asked.body as { challenge: string }, claim);
  const cookie = cookiesOf(asked);
  return {
    answer: await post("/passkey/verify-authentication", { response }, { at, cookie }),
    response,
    cookie,
  };
}

test("a passkey is made and signs in, once a challenge, on the host it was made for", async () => {
  for (const at of [FOUNDRY, acme.url]) {
    const { device, email } = await registered(at);
    const { answer, response, cookie } = await byPasskey(device, at);
    expect(answer.status).toBe(200);
    expect((await call("/api/me", { at, headers: { cookie: cookiesOf(answer) } })).body).toMatchObject({
      email,
    });
    const replayed = await post("/passkey/verify-authentication", { response }, { at, cookie });
    expect(replayed.status).toBe(400);
  }
});

test("a passkey of another origin, host, challenge or device is refused", async () => {
  const { device } = await registered(acme.url);
  const stranger = await softwareAuthenticator({ origin: acme.url, rpId: rpIdOf(acme.url) });
  const lies = [
    { origin: globex.url },
    { origin: "https://evil.example" },
    { rpId: "evil.example" },
    { rpId: "localhost" },
    { challenge: "AAAA" },
  ];
  for (const lie of lies) {
    const { answer } = await byPasskey(device, acme.url, lie);
    expect({ lie, ok: answer.status }).toEqual({ lie, ok: 400 });
  }
  expect((await byPasskey(stranger, acme.url)).answer.status).toBe(401);
  for (const at of [globex.url, FOUNDRY]) {
    const claim = { origin: at, rpId: rpIdOf(at) };
    expect((await byPasskey(device, at, claim)).answer.status).toBe(401);
  }
});

test("a passkey can't be registered from another origin, nor for somebody else", async () => {
  const person = await signUp({ at: acme.url });
  const signedIn = cookiesOf(await signIn(person.email, acme.url));
  const device = await softwareAuthenticator({ origin: acme.url, rpId: rpIdOf(acme.url) });
  for (const lie of [{ origin: globex.url }, { rpId: "evil.example" }, { challenge: "AAAA" }]) {
    const asked = await get("/passkey/generate-register-options", { at: acme.url, cookie: signedIn });
    const response = await device.register(asked.body as { challenge: string }, lie);
    const cookie = `${signedIn}; ${cookiesOf(asked)}`;
    expect(
      (await post("/passkey/verify-registration", { response }, { at: acme.url, cookie })).status,
    ).toBeGreaterThanOrEqual(400);
  }
  const asked = await get("/passkey/generate-register-options", { at: acme.url, cookie: signedIn });
  const response = await device.register(asked.body as { challenge: string });
  const other = cookiesOf(await signIn((await signUp({ at: acme.url })).email, acme.url));
  const stolen = await post(
    "/passkey/verify-registration",
    { response },
    { at: acme.url, cookie: `${other}; ${cookiesOf(asked)}` },
  );
  expect(stolen.status).toBe(401);
  expect((await get("/passkey/generate-register-options", { at: acme.url })).status).toBe(401);
  expect(
    await env.DB.prepare("select count(*) as n from passkey where user_id = ?")
      .bind(person.user_id)
      .first("n"),
  ).toBe(0);
});

test("a passkey is removed by its owner alone, and then signs nobody in", async () => {
  const { device, id, cookie } = await registered(acme.url);
  const eve = cookiesOf(await signIn((await signUp({ at: acme.url })).email, acme.url));
  expect((await post("/passkey/delete-passkey", { id }, { at: acme.url, cookie: eve })).status).toBe(401);
  expect((await byPasskey(device, acme.url)).answer.status).toBe(200);
  expect((await post("/passkey/delete-passkey", { id }, { at: acme.url, cookie })).status).toBe(200);
  expect((await byPasskey(device, acme.url)).answer.status).toBe(401);
});

const own = "my own horse";
/** What lets the owner of a mailbox into the account of its address. */
const PROOFS: Record<string, (email: string, from: From) => Promise<Answer>> = {
  "a code": async (email, from) => {
    await post("/email-otp/send-verification-otp", { email, type: "sign-in" }, from);
    return post("/sign-in/email-otp", { email, otp: await codeOfMail(email) }, from);
  },
  "a link": async (email, from) => {
    await post("/sign-in/magic-link", { email }, from);
    return get(`/magic-link/verify?token=${await tokenOfMail(email)}`, from);
  },
  "a new password by link": async (email, from) => {
    await post("/request-password-reset", { email }, from);
    await post("/reset-password", { token: await tokenOfMail(email), newPassword: own }, from);
    return post("/sign-in/email", { email, password: own }, from);
  },
  "a new password by code": async (email, from) => {
    await post("/email-otp/send-verification-otp", { email, type: "forget-password" }, from);
    const json = { email, otp: await codeOfMail(email), password: own };
    await post("/email-otp/reset-password", json, from);
    return post("/sign-in/email", { email, password: own }, from);
  },
};
test.each(Object.entries(PROOFS))(
  "%s to the owner of a mailbox ends a stranger's passkey and second step",
  async (_, prove) => {
    const at = acme.url;
    const stranger = await registered(at);
    await enableSecondStep(at, stranger.token);
    const answer = await prove(stranger.email, { at });
    const me = await call("/api/me", { at, token: answer.headers.get("set-auth-token") ?? "" });
    expect(me.body).toMatchObject({ user_id: stranger.user_id });
    expect((await byPasskey(stranger.device, at)).answer.status).toBe(401);
  },
);

test("with an app its people's passkeys and second steps are gone", async () => {
  const owner = await signUp();
  const app = await makeApp(owner, "Short");
  await goLive(app.enterprise_id);
  await registered(app.url);
  await withSecondStep(app.url);
  await call(`/api/apps/${app.enterprise_id}`, { method: "DELETE", token: owner.token });
  for (const table of ["passkey", "two_factor", "user"])
    expect({
      table,
      n: await env.DB.prepare(`select count(*) as n from ${table} where realm = ?`)
        .bind(app.enterprise_id)
        .first("n"),
    }).toEqual({ table, n: 0 });
});
