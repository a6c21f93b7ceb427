import { env } from "cloudflare:workers";
import { beforeAll, expect, test, vi } from "vitest";
import { call, type MadeApp, makeApp, migrate, signUp } from "./client.ts";
import { goLive } from "./greeter.ts";
import { codeOfMail, mailsTo, tokenOfMail } from "./mailbox.ts";

const FOUNDRY = "http://localhost:8787";
let acme: MadeApp;
let globex: MadeApp;
let n = 0;
beforeAll(async () => {
  await migrate();
  const owner = await signUp();
  [acme, globex] = await Promise.all([makeApp(owner, "Acme"), makeApp(owner, "Globex")]);
  await Promise.all([goLive(acme.enterprise_id), goLive(globex.enterprise_id)]);
});

const fresh = () => `somebody-${n++}@example.com`;
const post = (path: string, json: unknown, at = FOUNDRY, more: Record<string, string> = {}) =>
  call(`/api/auth${path}`, { json, at, headers: { origin: at, ...more } });
const askCode = (email: string, type = "sign-in", at = FOUNDRY) =>
  post("/email-otp/send-verification-otp", { email, type }, at);
const byCode = (email: string, otp: string, at = FOUNDRY) => post("/sign-in/email-otp", { email, otp }, at);
const wrongly = (code: string, by: number) => String((Number(code) + by) % 1_000_000).padStart(6, "0");
const tokenIn = (it: { headers: Headers }) => it.headers.get("set-auth-token") ?? "";

test("a code by mail signs in who is new and who is known, once, on the site it was asked for", async () => {
  const email = fresh();
  await askCode(email, "sign-in", acme.url);
  const code = await codeOfMail(email);
  expect((await byCode(email, code)).status).toBe(400);
  expect((await byCode(email, code, globex.url)).status).toBe(400);
  const first = await byCode(email, code, acme.url);
  expect(first.status).toBe(200);
  const me = await call("/api/me", { at: acme.url, token: tokenIn(first) });
  expect(me.body).toMatchObject({ email, realm: acme.enterprise_id });
  expect((await byCode(email, code, acme.url)).status).toBe(400);
  await askCode(email, "sign-in", acme.url);
  const again = await byCode(email, await codeOfMail(email), acme.url);
  expect((await call("/api/me", { at: acme.url, token: tokenIn(again) })).body).toMatchObject({
    user_id: (me.body as { user_id: string }).user_id,
  });
});

test("mail speaks in the name of the site, and leads to the host that the person used", async () => {
  const email = fresh();
  await post("/sign-in/magic-link", { email }, acme.url);
  const [mail] = await mailsTo(email);
  expect(mail?.subject).toBe("Sign in to Acme");
  expect(mail?.text).toContain(`${acme.url}/sign-in/link#token=`);
  await post("/sign-in/magic-link", { email });
  expect((await mailsTo(email))[0]?.text).toContain(`${FOUNDRY}/sign-in/link#token=`);
});

test("a link that was asked for behind `/a/{slug}` leads to the app's own pages, where it is good", async () => {
  const person = await signUp({ prefix: `/a/${acme.slug}` });
  const { email } = person;
  await call(`/a/${acme.slug}/api/auth/sign-in/magic-link`, { json: { email } });
  expect((await mailsTo(email))[0]?.text).toContain(`${acme.url}/sign-in/link#token=`);
  await call(`/a/${acme.slug}/api/auth/request-password-reset`, { json: { email } });
  expect((await mailsTo(email))[0]?.text).toContain(`${acme.url}/reset-password#token=`);
  const json = { token: await tokenOfMail(email), newPassword: "a new password" };
  expect((await post("/reset-password", json, acme.url)).status).toBe(200);
});

test("a code is void after five wrong guesses", async () => {
  const email = fresh();
  await askCode(email);
  const code = await codeOfMail(email);
  for (let i = 1; i <= 5; i += 1) expect((await byCode(email, wrongly(code, i))).status).toBe(400);
  expect((await byCode(email, code)).status).toBe(403);
  expect((await byCode(email, code)).status).toBe(400);
});

test("T19 a token is good for its own purpose alone, at every endpoint that takes one", async () => {
  const email = fresh();
  await post("/sign-up/email", { email, password: "correct horse", name: "P" });
  const tokens: Record<string, string> = {};
  for (const type of ["sign-in", "email-verification", "forget-password"]) {
    await askCode(email, type);
    tokens[type] = await codeOfMail(email);
  }
  await post("/request-password-reset", { email });
  tokens.reset = await tokenOfMail(email);
  await post("/sign-in/magic-link", { email });
  tokens.link = await tokenOfMail(email);
  const ends: Record<string, (it: string) => Promise<{ status: number; headers: Headers }>> = {
    "sign-in": (otp) => byCode(email, otp),
    "email-verification": (otp) => post("/email-otp/verify-email", { email, otp }),
    "forget-password": (otp) =>
      post("/email-otp/reset-password", { email, otp, password: "correct horse 2" }),
    reset: (token) => post("/reset-password", { token, newPassword: "correct horse 3" }),
    link: (token) => call(`/api/auth/magic-link/verify?token=${encodeURIComponent(token)}`),
  };
  const taken = (it: { status: number }) => it.status === 200;
  for (const [kind, token] of Object.entries(tokens))
    for (const [end, present] of Object.entries(ends)) {
      if (kind === end || tokens[end] === token) continue;
      expect({ kind, end, taken: taken(await present(token)) }).toEqual({ kind, end, taken: false });
    }
  // The wrong presentations above spent guesses, not codes.
  for (const [kind, token] of Object.entries(tokens)) {
    if (kind === "reset" || kind === "link") {
      expect({ kind, taken: taken(await ends[kind]!(token)) }).toEqual({ kind, taken: true });
      expect({ kind, taken: taken(await ends[kind]!(token)) }).toEqual({ kind, taken: false });
    }
  }
});

test("what the database holds lets nobody in: no code, token or link stands there as it is", async () => {
  const email = fresh();
  await post("/sign-up/email", { email, password: "correct horse", name: "P" });
  await askCode(email);
  const code = await codeOfMail(email);
  await post("/request-password-reset", { email });
  const reset = await tokenOfMail(email);
  await post("/sign-in/magic-link", { email });
  const link = await tokenOfMail(email);
  const { results } = await env.DB.prepare("select identifier, value from verification").all();
  const dump = JSON.stringify(results);
  for (const it of [reset, link, `"${code}:`]) expect(dump).not.toContain(it);
  expect(results.length).toBeGreaterThan(2);
});

test("a new password by link: once, ends all sessions, and only in its realm", async () => {
  const email = fresh();
  const there = await signUp({ email, at: acme.url });
  await signUp({ email, at: globex.url });
  await post("/request-password-reset", { email }, acme.url);
  const token = await tokenOfMail(email);
  const json = { token, newPassword: "a new password" };
  expect((await post("/reset-password", json, globex.url)).status).toBe(400);
  expect((await post("/reset-password", { token, newPassword: "short" }, acme.url)).status).toBe(400);
  expect((await post("/reset-password", json, acme.url)).status).toBe(200);
  expect((await post("/reset-password", json, acme.url)).status).toBe(400);
  expect((await call("/api/me", { at: acme.url, token: there.token })).status).toBe(401);
  const signIn = (password: string, at: string) => post("/sign-in/email", { email, password }, at);
  expect((await signIn("correct horse", acme.url)).status).toBe(401);
  expect((await signIn("a new password", acme.url)).status).toBe(200);
  expect((await signIn("correct horse", globex.url)).status).toBe(200);
});

test("a link and a code are void when their time is over", async () => {
  const email = fresh();
  await post("/sign-in/magic-link", { email });
  const link = await tokenOfMail(email);
  await askCode(email);
  const code = await codeOfMail(email);
  await env.DB.prepare("update verification set expires_at = 1").run();
  expect((await call(`/api/auth/magic-link/verify?token=${link}`)).status).not.toBe(200);
  expect((await byCode(email, code)).status).toBe(400);
});

test("an address is proven by its code; the proof of one realm says nothing in another", async () => {
  const email = fresh();
  const here = await signUp({ email, at: acme.url });
  await signUp({ email, at: globex.url });
  const verified = async (realm: string) =>
    env.DB.prepare("select email_verified as v from user where email = ? and realm = ?")
      .bind(email, realm)
      .first("v");
  expect(await verified(acme.enterprise_id)).toBe(0);
  await askCode(email, "email-verification", acme.url);
  const otp = await codeOfMail(email);
  expect((await post("/email-otp/verify-email", { email, otp }, globex.url)).status).toBe(400);
  expect((await post("/email-otp/verify-email", { email, otp }, acme.url)).status).toBe(200);
  expect([await verified(acme.enterprise_id), await verified(globex.enterprise_id)]).toEqual([1, 0]);
  expect((await call("/api/me", { at: acme.url, token: here.token })).status).toBe(200);
});

test("who owns a mailbox gets the account without what a stranger had set up before", async () => {
  const email = fresh();
  const stranger = await signUp({ email });
  await askCode(email);
  expect((await byCode(email, await codeOfMail(email))).status).toBe(200);
  expect((await call("/api/me", { token: stranger.token })).status).toBe(401);
  expect((await post("/sign-in/email", { email, password: "correct horse" })).status).toBe(401);
});

test("T18 known and unknown addresses get the same answer, and one mail each", async () => {
  const known = fresh();
  await post("/sign-up/email", { email: known, password: "correct horse", name: "K" });
  const asks: [string, Record<string, string>][] = [
    ["/request-password-reset", {}],
    ["/email-otp/request-password-reset", {}],
    ["/email-otp/send-verification-otp", { type: "sign-in" }],
    ["/email-otp/send-verification-otp", { type: "forget-password" }],
    ["/email-otp/send-verification-otp", { type: "email-verification" }],
    ["/sign-in/magic-link", {}],
  ];
  for (const [path, more] of asks) {
    const shown: unknown[] = [];
    for (const email of [known, fresh()]) {
      const before = (await mailsTo(email)).length;
      const { status, body, headers } = await post(path, { email, ...more });
      const sent = (await mailsTo(email)).length - before;
      shown.push({ path, status, body, sent, names: [...headers.keys()].sort() });
    }
    expect(shown[1]).toEqual(shown[0]);
    expect(shown[0]).toMatchObject({ status: 200, sent: 1 });
  }
  const wrong = [];
  for (const email of [known, fresh()])
    wrong.push(await post("/sign-in/email", { email, password: "wrong password" }));
  expect(wrong[1]).toMatchObject({ status: wrong[0]!.status, body: wrong[0]!.body });
});

test("a fault of ours is an opaque 500, and no address, code or query stands in the log", async () => {
  const email = fresh();
  const lines: string[] = [];
  for (const of of ["log", "warn", "error", "info"] as const)
    vi.spyOn(console, of).mockImplementation(
      (...all) => void lines.push(all.map((it) => String(it?.stack ?? it)).join(" ")),
    );
  await env.DB.prepare("alter table verification rename to verification_away").run();
  try {
    const answer = await askCode(email);
    expect(answer).toMatchObject({ status: 500, body: { error: { code: "INTERNAL" } } });
  } finally {
    await env.DB.prepare("alter table verification_away rename to verification").run();
    vi.restoreAllMocks();
  }
  expect(lines.join("\n")).toContain("request.failed");
  expect(lines.join("\n")).not.toMatch(/somebody-|@example\.com|insert into|params:/i);
});
