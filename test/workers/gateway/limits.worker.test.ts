import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test, vi } from "vitest";
import { RATES } from "#base/rates";
import { openTab } from "#test/support/chat-client";
import { totp } from "#test/support/totp";
import { passwords } from "#workers/gateway/passwords";
import { type Answer, call, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { goLive } from "./greeter.ts";
import { mailsTo } from "./mailbox.ts";
import { withRates } from "./with-rates.ts";

const FOUNDRY = "http://localhost:8787";
let owner: Person;
let acme: MadeApp;
let n = 0;
beforeAll(async () => {
  await migrate();
  owner = await signUp();
  acme = await makeApp(owner);
  await goLive(acme.enterprise_id);
});

/** An address that nobody else in this file comes from. */
const fresh = () => `198.51.${Math.floor(++n / 250)}.${n % 250}`;
const post = (path: string, json: unknown, from: string, more: { at?: string; headers?: object } = {}) =>
  call(`/api/auth${path}`, {
    json,
    at: more.at ?? FOUNDRY,
    headers: { origin: more.at ?? FOUNDRY, "cf-connecting-ip": from, ...more.headers },
  });
const signIn = (email: string, password: string, from: string, more = {}) =>
  post("/sign-in/email", { email, password }, from, more);
const times = <T>(count: number, act: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => act(i)));
const passed = (all: Answer[]) => all.filter(({ status }) => status !== 429).length;
const rows = (table: string) => env.DB.prepare(`select count(*) as n from ${table}`).first<number>("n");
const allRows = async () => [
  await rows("user"),
  await rows("account"),
  await rows("session"),
  await rows("verification"),
];

test("T16 of a hundred wrong passwords at once exactly so many are looked at, whatever a caller claims of where it is", async () => {
  const { email } = await signUp();
  const from = fresh();
  const verify = vi.spyOn(passwords, "verify");
  const claims = (i: number) => ({
    headers: {
      "x-forwarded-for": `10.0.0.${i}`,
      "x-real-ip": `10.0.0.${i}`,
      "true-client-ip": `10.0.0.${i}`,
      forwarded: `for=10.0.0.${i}`,
    },
  });
  const answers = await times(100, (i) => signIn(email, `wrong password ${i}`, from, claims(i)));
  const { max } = RATES.sign_in_by_account_and_address;
  expect(passed(answers)).toBe(max);
  expect(verify).toHaveBeenCalledTimes(max);
  verify.mockRestore();
  for (const it of answers) {
    if (it.status !== 429) expect(it.status).toBe(401);
    else
      expect(it.body).toMatchObject({
        code: "TOO_MANY_ATTEMPTS",
        message: expect.stringMatching(/^Too many tries\. Wait/),
      });
  }
  const wait = Number(answers.find(({ status }) => status === 429)?.headers.get("retry-after"));
  expect(wait).toBeGreaterThan(50);
  expect(wait).toBeLessThanOrEqual(60);
  // The person themself, from where they are, is not kept out; nor is somebody else from there.
  expect((await signIn(email, "correct horse", fresh())).status).toBe(200);
  expect((await signIn((await signUp()).email, "correct horse", from)).status).toBe(200);
});

test("one address that tries many accounts is bounded; a /64 is one address, and the next one another", () =>
  withRates({ sign_in_by_address: 8 }, async () => {
    const one = (i: number) => `2001:db8:5:5::${i.toString(16)}`;
    const answers = await times(20, (i) => signIn(`nobody-${i}@example.com`, "wrong password", one(i)));
    expect(passed(answers)).toBe(8);
    expect((await signIn(owner.email, "correct horse", "2001:db8:5:5:ffff::1")).status).toBe(429);
    expect((await signIn(owner.email, "correct horse", "2001:db8:5:6::1")).status).toBe(200);
  }));

test("an account is tried only so often from all addresses together, and one from which it was given up uses nothing up", () =>
  withRates({ sign_in_by_account: 6, sign_in_by_account_and_address: 2 }, async () => {
    const { email } = await signUp();
    const from = fresh();
    expect(passed(await times(30, () => signIn(email, "wrong password", from)))).toBe(2);
    expect(passed(await times(30, () => signIn(email, "wrong password", fresh())))).toBe(4);
    // In another realm it is another account.
    expect(passed([await signIn(email, "wrong password", fresh(), { at: acme.url })])).toBe(1);
  }));

test("T64 what was spent stays spent when the limiter leaves memory", async () => {
  const { email } = await signUp();
  const from = fresh();
  const { max } = RATES.sign_in_by_account_and_address;
  await times(max, () => signIn(email, "wrong password", from));
  await Promise.all(
    Array.from({ length: 64 }, (_, i) => env.RATE_LIMITER.getByName(String(i))).map((it) =>
      evictDurableObject(it).catch(() => undefined),
    ),
  );
  expect((await signIn(email, "correct horse", from)).status).toBe(429);
});

test(
  "new accounts: of hundreds of tries so many from an address, in all realms together; of what is refused nothing is hashed or written",
  () =>
    withRates({ sign_up_by_address: 6 }, async () => {
      const from = fresh();
      const max = 6;
      const person = (i: number) => ({
        email: `crowd-${i}@example.com`,
        password: "correct horse",
        name: "P",
      });
      const hash = vi.spyOn(passwords, "hash");
      const answers = await times(max, (i) =>
        post("/sign-up/email", person(i), from, i % 2 ? { at: acme.url } : {}),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      const before = await allRows();
      const tab = await openTab(`/ws/greeter/${acme.enterprise_id}/flood/${owner.user_id}`, owner);
      const chatted = tab.say("hello");
      const late: Answer[] = [];
      while (late.length < 300)
        late.push(
          ...(await times(100, (i) =>
            post("/sign-up/email", person(100 + late.length + i), from, i % 2 ? { at: acme.url } : {}),
          )),
        );
      expect((await chatted).at(-1)?.data).toMatchObject({ status: "completed" });
      tab.close();
      expect(late.map(({ status }) => status)).toEqual(late.map(() => 429));
      expect(hash).toHaveBeenCalledTimes(max);
      hash.mockRestore();
      expect(await allRows()).toEqual(before);
      expect(await mailsTo("crowd-100@example.com")).toEqual([]);
      expect((await post("/sign-up/email", person(9_999), fresh())).status).toBe(200);
    }),
  60_000,
);

test("a mailbox is written to only so often, from wherever, by whatever site, however it is spelt", async () => {
  const { max } = RATES.mail_by_mailbox;
  const asks = ["/sign-in/magic-link", "/request-password-reset", "/email-otp/send-verification-otp"];
  const answers = await times(max + 6, (i) =>
    post(
      asks[i % 3]!,
      { email: i % 2 ? "Victim@example.com" : `victim+${i}@example.com`, type: "sign-in" },
      fresh(),
      i % 4 ? {} : { at: acme.url },
    ),
  );
  expect(passed(answers)).toBe(max);
  expect((await rows("local_mail where recipient like 'victim%'").catch(() => max)) ?? 0).toBeLessThanOrEqual(
    max,
  );
  expect((await post(asks[0]!, { email: "another@example.com" }, fresh())).status).toBe(200);
});

test("codes, links and second steps can't be guessed at in bulk from one address; reading a session is free", () =>
  withRates({ proof_by_address: 20 }, async () => {
    const from = fresh();
    const guesses: [string, unknown][] = [
      ["/sign-in/email-otp", { email: "x@example.com", otp: "000000" }],
      ["/reset-password", { token: "x", newPassword: "correct horse" }],
      ["/two-factor/verify-totp", { code: "000000" }],
      ["/two-factor/verify-backup-code", { code: "000000" }],
      ["/email-otp/reset-password", { email: "x@example.com", otp: "000000", password: "correct horse" }],
    ];
    const answers = await times(30, (i) => post(...guesses[i % guesses.length]!, from));
    expect(passed(answers)).toBe(20);
    const link = await call("/api/auth/magic-link/verify?token=x", { headers: { "cf-connecting-ip": from } });
    expect(link.status).toBe(429);
    for (const path of ["/get-session/", "//reset-password", "/Reset-Password", "/reset-password/"]) {
      const { status } = await post(path, { token: "x", newPassword: "correct horse" }, from);
      expect({ path, let: status === 200 || status === 400 }).toEqual({ path, let: false });
    }
    const session = () =>
      call("/api/auth/get-session", { headers: { "cf-connecting-ip": from }, token: owner.token });
    for (const { status } of await times(30, session)) expect(status).toBe(200);
  }));

test("a list of rates that is not valid changes nothing, and is told of in the log", async () => {
  const limits = env as { RATE_LIMITS?: string };
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  try {
    limits.RATE_LIMITS = '{"sign_in_by_account_and_address": {"max": 0}}';
    expect(passed(await times(6, () => signIn("loose@example.com", "wrong password", fresh())))).toBe(6);
    expect(log.mock.calls.flat().join()).toContain("rates.invalid");
  } finally {
    delete limits.RATE_LIMITS;
    log.mockRestore();
  }
});

test("a limiter that can't be reached lets nobody try: 503, and nothing is looked at", async () => {
  const verify = vi.spyOn(passwords, "verify");
  const before = await allRows();
  const broken = vi.spyOn(env.RATE_LIMITER, "getByName").mockImplementation(() => {
    throw new Error("no limiter");
  });
  try {
    expect((await signIn(owner.email, "correct horse", fresh())).status).toBe(503);
    expect(broken).toHaveBeenCalledTimes(2);
  } finally {
    broken.mockRestore();
  }
  expect(verify).not.toHaveBeenCalled();
  expect(await allRows()).toEqual(before);
});

test("a host page's visitors: so many exchanges from an address, and of an app, in the one error shape", () =>
  withRates({ exchange_by_address: 3, exchange_by_app: 5 }, async () => {
    const exchange = (from: string) =>
      call("/api/identity/exchange", {
        json: { enterprise_id: acme.enterprise_id, token: "a.b.c" },
        headers: { "cf-connecting-ip": from },
      });
    const here = await times(8, () => exchange("203.0.113.200"));
    expect(passed(here)).toBe(3);
    expect(passed(await times(8, () => exchange(fresh())))).toBe(2);
    const refused = here.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({
      error: { code: "RATE_LIMITED", retryable: true, details: { limit: "exchange_by_address" } },
    });
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
  }));

test("a code of an authenticator app is good once, also for who knows the password and read it over a shoulder", async () => {
  const { email, token } = await signUp();
  const ask = (path: string, json: unknown, more: object) =>
    call(`/api/auth${path}`, { json, headers: { origin: FOUNDRY }, ...more });
  const on = await ask("/two-factor/enable", { password: "correct horse" }, { token });
  const secret = new URL((on.body as { totpURI: string }).totpURI).searchParams.get("secret") ?? "";
  const first = await totp(secret, Date.now());
  expect((await ask("/two-factor/verify-totp", { code: first }, { token })).status).toBe(200);
  const present = async (code: string) => {
    const begun = await signIn(email, "correct horse", fresh());
    const cookie = begun.headers.getSetCookie().map((it) => it.split(";")[0]);
    return ask(
      "/two-factor/verify-totp",
      { code },
      { headers: { origin: FOUNDRY, cookie: cookie.join("; ") } },
    );
  };
  expect(await present(first)).toMatchObject({ status: 401, body: { code: "INVALID_CODE" } });
  const next = await totp(secret, Date.now() + 30_000);
  const both = await Promise.all([present(next), present(next)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  const late = await present(next);
  expect([late.status, late.headers.get("set-auth-token")]).toEqual([401, null]);
});

test("an invitation's token can't be guessed at in bulk, and its mails count in the mailbox's", () =>
  withRates({ proof_by_address: 3, mail_by_mailbox: 2 }, async () => {
    const headers = { "cf-connecting-ip": fresh() };
    const json = { token: "x".repeat(43) };
    const looks = await times(6, () => call("/api/invitations/look", { json, headers }));
    expect(passed(looks)).toBe(3);
    const accepted = await call("/api/invitations/accept", { json, headers, token: owner.token });
    expect(accepted.status).toBe(429);
    const invite = (app: string) =>
      call(`/api/apps/${app}/invitations`, {
        json: { email: "wanted@example.com", role: "viewer" },
        token: owner.token,
      });
    const apps = [
      acme.enterprise_id,
      ...(await times(3, () => makeApp(owner))).map((it) => it.enterprise_id),
    ];
    const sent = [];
    for (const app of apps) sent.push(await invite(app));
    expect(sent.map(({ status }) => status)).toEqual([201, 201, 429, 429]);
  }));
