import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { call, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { goLive } from "./greeter.ts";
import { codeOfMail } from "./mailbox.ts";
import { withRates } from "./with-rates.ts";

let open: MadeApp;
let closed: MadeApp;
let owner: Person;
beforeAll(async () => {
  await migrate();
  owner = await signUp();
  [open, closed] = await Promise.all([makeApp(owner, "Open"), makeApp(owner, "Closed")]);
  await Promise.all([goLive(open.enterprise_id), goLive(closed.enterprise_id)]);
  const json = { sign_in: { guests: true } };
  await call(`/api/apps/${open.enterprise_id}`, { method: "PATCH", json, token: owner.token });
});

const post = (path: string, json: unknown, token?: string, at = open.url) =>
  call(`/api/auth${path}`, { json, at, token, headers: { origin: at } });
async function guest() {
  const answer = await post("/sign-in/anonymous", {});
  const token = answer.headers.get("set-auth-token") ?? "";
  const me = (await call("/api/me", { at: open.url, token })).body as { user_id: string; guest: boolean };
  return { token, ...me };
}
const startChat = (who: { token: string; user_id: string }) =>
  call(`/api/chats/${open.enterprise_id}/greeter/start`, {
    at: open.url,
    token: who.token,
    json: { user_id: who.user_id },
  });
test("guests come in where the app's owner says so, and nowhere else", async () => {
  expect(await guest()).toMatchObject({ guest: true });
  expect((await post("/sign-in/anonymous", {}, undefined, closed.url)).status).toBe(404);
  expect((await call("/api/auth/sign-in/anonymous", { json: {} })).status).toBe(404);
  const ways = (await call("/api/site", { at: open.url })).body as { sign_in: { guest: boolean } };
  expect(ways.sign_in.guest).toBe(true);
});

test("a guest who proves an address is the same person, with the same session and chats", async () => {
  const it = await guest();
  const started = await startChat(it);
  expect(started.status).toBe(200);
  const { chat_id } = started.body as { chat_id: string };
  const email = "was-a-guest@example.com";
  await post("/email-otp/request-email-change", { newEmail: email }, it.token);
  const wrong = await post("/email-otp/change-email", { newEmail: email, otp: "000000x" }, it.token);
  expect(wrong.status).toBe(400);
  expect((await call("/api/me", { at: open.url, token: it.token })).body).toMatchObject({ guest: true });
  const otp = await codeOfMail(email);
  const other = await guest();
  expect((await post("/email-otp/change-email", { newEmail: email, otp }, other.token)).status).toBe(400);
  expect((await post("/email-otp/change-email", { newEmail: email, otp }, it.token)).status).toBe(200);
  const me = await call("/api/me", { at: open.url, token: it.token });
  expect(me.body).toMatchObject({ user_id: it.user_id, email, guest: false });
  const meta = (token: string) =>
    call(`/api/chats/meta/${open.enterprise_id}/greeter/${chat_id}`, { at: open.url, token });
  expect((await meta(it.token)).status).toBe(200);
  expect((await meta(other.token)).status).toBe(404);
  await post("/email-otp/send-verification-otp", { email, type: "sign-in" });
  const back = await post("/sign-in/email-otp", { email, otp: await codeOfMail(email) });
  const token = back.headers.get("set-auth-token") ?? "";
  expect((await call("/api/me", { at: open.url, token })).body).toMatchObject({ user_id: it.user_id });
  expect((await meta(token)).status).toBe(200);
});

test("a guest can't take an address that somebody has, and learns nothing of it", async () => {
  const known = await signUp({ at: open.url });
  const it = await guest();
  const answers = [];
  for (const newEmail of [known.email, "nobody-yet@example.com"])
    answers.push(await post("/email-otp/request-email-change", { newEmail }, it.token));
  expect(answers[0]).toMatchObject({ status: 200, body: answers[1]?.body });
  expect(
    (await post("/email-otp/change-email", { newEmail: known.email, otp: "000000" }, it.token)).status,
  ).toBe(400);
});

test("guests of an app are bounded, as are those from one address; whoever signs in is not held up", async () => {
  const json = { sign_in: { guests: true } };
  await call(`/api/apps/${closed.enterprise_id}`, { method: "PATCH", json, token: owner.token });
  const at = closed.url;
  const from = (address: string) =>
    call("/api/auth/sign-in/anonymous", {
      json: {},
      at,
      headers: { origin: at, "cf-connecting-ip": address },
    });
  const answers = await withRates({ guest_by_app: 12, guest_by_address: 5 }, async () => {
    const mine = await Promise.all(Array.from({ length: 9 }, () => from("203.0.113.5")));
    expect(mine.filter(({ status }) => status === 200).length).toBe(5);
    return [...mine, ...(await Promise.all(Array.from({ length: 11 }, (_, i) => from(`198.51.100.${i}`))))];
  });
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.length).toBe(20 - 12);
  for (const it of refused) {
    expect(it).toMatchObject({ status: 429, body: { code: "TOO_MANY_GUESTS" } });
    expect(Number(it.headers.get("retry-after"))).toBeGreaterThan(0);
  }
  const made = env.DB.prepare("select count(*) as n from user where realm = ? and is_anonymous = 1");
  expect(await made.bind(closed.enterprise_id).first("n")).toBe(12);
  expect((await signUp({ at })).token).toBeTruthy();
});
