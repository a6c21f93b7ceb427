import { env } from "cloudflare:workers";
import { beforeAll, expect, test, vi } from "vitest";
import { RATES } from "#base/rates";
import { compose } from "#workers/compose";
import { grantTrial } from "#workers/gateway/grant-trial";
import { ledgerFor } from "#workers/token-ledger/ledger-for";
import { call, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { codeOfMail } from "./mailbox.ts";
import { withRates } from "./with-rates.ts";

const FOUNDRY = "http://localhost:8787";
const GRANT = 5_000_000_000n;
beforeAll(migrate);

const make = async (who: Person, from?: string) =>
  call("/api/apps", {
    json: { name: "Acme" },
    token: who.token,
    ...(from && { headers: { "cf-connecting-ip": from } }),
  });
const idOf = (answer: { body: unknown }) => (answer.body as MadeApp).enterprise_id;
async function balanceOf(who: Person, id: string): Promise<bigint> {
  const { body } = await call(`/api/app/usage/${id}`, { token: who.token });
  return BigInt((body as { balance_nano: string }).balance_nano);
}
async function granted(who: Person, ids: string[]): Promise<number> {
  const balances = await Promise.all(ids.map((id) => balanceOf(who, id)));
  expect(balances.every((it) => it === 0n || it === GRANT)).toBe(true);
  return balances.filter((it) => it === GRANT).length;
}

test("T34 of 200 trials asked for at once a person gets exactly as many as a person may have", async () => {
  const who = await signUp();
  const deps = compose(env);
  const ids = Array.from({ length: 200 }, () => deps.newId("ent"));
  const { user_id: userId } = who;
  // Nothing is credited but through it.
  const asked = vi.spyOn(env.TOKEN_LEDGER, "getByName");
  await Promise.all(ids.map((enterpriseId) => grantTrial(deps, { userId, enterpriseId, address: "local" })));
  const credited = asked.mock.calls.map(([id]) => id);
  asked.mockRestore();
  expect(new Set(credited).size).toBe(RATES.trial_by_person.max);
  const usages = await Promise.all(credited.map((id) => ledgerFor(env, id).usage()));
  expect(usages.map(({ balance_nano }) => balance_nano)).toEqual(credited.map(() => String(GRANT)));
});

test("T34 a person's apps get exactly so many, in the order they are made; deleting gives none back", async () => {
  const who = await signUp();
  const { max } = RATES.trial_by_person;
  const made = [];
  for (let n = 0; n < max + 2; n += 1) made.push((await makeApp(who, `Acme ${n}`)).enterprise_id);
  expect(await granted(who, made.slice(0, max))).toBe(max);
  expect(await granted(who, made.slice(max))).toBe(0);
  for (const id of made) await call(`/api/apps/${id}`, { method: "DELETE", token: who.token });
  expect(await granted(who, [(await makeApp(who)).enterprise_id])).toBe(0);
});

test(
  "T34 many people from one address, or of one domain of mail, get so many together; others are not held up",
  () =>
    withRates(
      { trial_by_address: 2, trial_by_mail_domain: 3, trial_by_public_mail_domain: 100 },
      async () => {
        const from = (address: string, domain: string) => async (_: unknown, i: number) => {
          const who = await signUp({ email: `${address.length}-${i}-${crypto.randomUUID()}@${domain}` });
          return granted(who, [idOf(await make(who, address))]);
        };
        const sum = async (all: Promise<number>[]) => (await Promise.all(all)).reduce((a, b) => a + b, 0);
        const crowd = Array.from({ length: 5 });
        expect(await sum(crowd.map(from("203.0.113.1", "gmail.com")))).toBe(2);
        expect(await sum(crowd.map((_, i) => from(`203.0.113.${100 + i}`, "catch-all.example")(_, i)))).toBe(
          3,
        );
        expect(await sum(crowd.map((_, i) => from(`198.51.100.${100 + i}`, "gmail.com")(_, i)))).toBe(5);
      },
    ),
  60_000,
);

test("where mail is really sent a trial waits for the proof of the address, and comes with it, once", async () => {
  const switched = env as { TRIAL_NEEDS_PROOF?: string };
  switched.TRIAL_NEEDS_PROOF = "yes";
  try {
    const who = await signUp();
    const [first, second] = [await makeApp(who), await makeApp(who)];
    const both = [first.enterprise_id, second.enterprise_id];
    expect(await granted(who, both)).toBe(0);
    const post = (path: string, json: unknown) =>
      call(`/api/auth${path}`, { json, token: who.token, headers: { origin: FOUNDRY } });
    await post("/email-otp/send-verification-otp", { email: who.email, type: "email-verification" });
    const otp = await codeOfMail(who.email);
    expect((await post("/email-otp/verify-email", { email: who.email, otp })).status).toBe(200);
    await expect.poll(() => granted(who, both)).toBe(2);
    // Whatever else changes about them gives nothing twice.
    await post("/update-user", { name: "Another Name" });
    expect(await granted(who, [(await makeApp(who)).enterprise_id])).toBe(1);
    expect(await granted(who, both)).toBe(2);
  } finally {
    delete switched.TRIAL_NEEDS_PROOF;
  }
});
