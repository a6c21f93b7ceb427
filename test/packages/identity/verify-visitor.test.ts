import { createHmac } from "node:crypto";
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { beforeAll, expect, test } from "vitest";
import { namesOnce } from "#identity/names-once";
import { isUsable, type VisitorCheck, verifyVisitor } from "#identity/verify-visitor";
import { changeIdentity, type IdentityKey, identityKey } from "#protocol/api/identity";

const NOW = 1_800_000_000_000;
const S = NOW / 1000;
const DAY = 24 * 3_600;
const SECRET = `mzi_${"s".repeat(52)}`;
const OLDER = `mzi_${"o".repeat(52)}`;
const GOOD = { aud: "ent_shop", sub: "customer 17", iat: S, exp: S + 300 };

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let rsa: Pair;
let ec: Pair;
let stranger: Pair;
let hs: VisitorCheck;
let rs: VisitorCheck;
let es: VisitorCheck;
beforeAll(async () => {
  [rsa, ec, stranger] = await Promise.all([
    generateKeyPair("RS256", { extractable: true }),
    generateKeyPair("ES256", { extractable: true }),
    generateKeyPair("RS256", { extractable: true }),
  ]);
  const publicKeys = await Promise.all(
    [rsa, ec].map(async ({ publicKey }, n) =>
      identityKey.parse({ ...(await exportJWK(publicKey)), kid: `k${n}` }),
    ),
  );
  const base = { enterpriseId: "ent_shop", secrets: async () => [OLDER, SECRET], publicKeys };
  hs = { ...base, algorithm: "HS256" };
  rs = { ...base, algorithm: "RS256" };
  es = { ...base, algorithm: "ES256" };
});

const b64 = (value: unknown) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
/** Signed with HMAC over parts exactly as they are given: what no library would write. */
function raw(head: unknown, payload: unknown, secret: string | Buffer = SECRET): string {
  const text = `${b64(head)}.${b64(payload)}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}
const hmac = (claims: Record<string, unknown>) => raw({ alg: "HS256", typ: "JWT" }, claims);
const signed = (alg: string, key: CryptoKey, claims: JWTPayload = GOOD, head = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg, ...head }).sign(key);
const check = (token: string, by = hs) => verifyVisitor(token, by, NOW);

test("a token of the app's algorithm, key and name is the visitor it says, with either of two secrets", async () => {
  const who = { externalId: "customer 17", name: "Ada", jti: "once", expiresAt: (S + 300) * 1000 };
  const more = { ...GOOD, name: "Ada", jti: "once", email: "ada@example.com", act: { sub: "someone" } };
  expect(await check(hmac(more))).toEqual(who);
  expect(await check(raw({ alg: "HS256" }, more, OLDER))).toEqual(who);
  for (const kid of [{}, { kid: "k0" }])
    expect(await check(await signed("RS256", rsa.privateKey, more, kid), rs)).toEqual(who);
  expect(await check(await signed("ES256", ec.privateKey, more), es)).toEqual(who);
});

test("an algorithm is the app's choice: none, another one, and a public key taken for a secret are refused", async () => {
  const none = (alg: string) => `${b64({ alg })}.${b64(GOOD)}.`;
  for (const alg of ["none", "None", "NONE", "nOnE", ""])
    for (const by of [hs, rs, es]) expect(await check(none(alg), by)).toBe("bad");
  const pem = await exportSPKI(rsa.publicKey);
  const jwk = JSON.stringify(await exportJWK(rsa.publicKey));
  for (const secret of [pem, pem.trim(), jwk, Buffer.from(pem)])
    for (const alg of ["HS256", "RS256"]) {
      expect(await check(raw({ alg }, GOOD, secret), rs)).toBe("bad");
      expect(await check(raw({ alg }, GOOD, secret), hs)).toBe("bad");
    }
  expect(await check(await signed("RS256", rsa.privateKey), hs)).toBe("bad");
  expect(await check(await signed("ES256", ec.privateKey), rs)).toBe("bad");
  expect(await check(hmac(GOOD), rs)).toBe("bad");
  expect(await check(raw({ alg: "HS512" }, GOOD))).toBe("bad");
  for (const secret of ["", " ", "null", "undefined"])
    expect(await check(raw({ alg: "HS256" }, GOOD, secret))).toBe("bad");
  expect(await verifyVisitor(raw({ alg: "HS256" }, GOOD, ""), { ...hs, secrets: async () => [] }, NOW)).toBe(
    "bad",
  );
});

test("keys come from the app alone: what a header brings, points to or climbs to is refused", async () => {
  const own = await exportJWK(stranger.publicKey);
  for (const head of [
    { jwk: own },
    { jku: "https://evil.example/keys" },
    { x5u: "https://evil.example/cert" },
    { x5c: ["MII"] },
    { kid: "k1" },
    { kid: "../../dev/null" },
    { kid: "k0' OR 1=1" },
  ])
    expect(await check(await signed("RS256", stranger.privateKey, GOOD, head), rs)).toBe("bad");
  for (const kid of ["../../../dev/null", "/proc/self/environ", "k0\u0000", "", "x".repeat(200)]) {
    expect(await check(raw({ alg: "HS256", kid }, GOOD, ""))).toBe("bad");
    expect(await check(await signed("RS256", stranger.privateKey, GOOD, { kid }), rs)).toBe("bad");
  }
  for (const head of [
    { kid: 7 },
    { kid: { $ne: "" } },
    { crit: ["exp"] },
    { b64: false, crit: ["b64"] },
    { typ: "at+jwt" },
    { zip: "DEF" },
  ])
    expect(await check(raw({ alg: "HS256", ...head }, GOOD))).toBe("bad");
});

test("it is for this app, now, and for a day at most", async () => {
  expect(await check(hmac({ ...GOOD, exp: S - 1 }))).toBe("expired");
  expect(await check(hmac({ ...GOOD, exp: S + DAY }))).toMatchObject({ externalId: "customer 17" });
  const bad: Record<string, unknown>[] = [
    { aud: "ent_other" },
    { aud: ["ent_shop"] },
    { aud: ["ent_other", "ent_shop"] },
    { aud: undefined },
    { aud: "" },
    { exp: undefined },
    { exp: S + DAY + 120 },
    { exp: 1e12 },
    { exp: String(S + 300) },
    { exp: S + 0.5 },
    { exp: null },
    { iat: undefined },
    { iat: S + 120, exp: S + 300 },
    { iat: S + 60, exp: S + 30 },
    { iat: -1 },
    { nbf: S + 600 },
  ];
  for (const more of bad)
    expect({ more, is: await check(hmac({ ...GOOD, ...more })) }).toEqual({ more, is: "bad" });
});

test("it names one person in a line of text, once", async () => {
  for (const sub of [undefined, "", 17, null, ["customer 17"], { id: 17 }, "a\nb", "x".repeat(201), "\u2028"])
    expect({ sub, is: await check(hmac({ ...GOOD, sub })) }).toEqual({ sub, is: "bad" });
  for (const more of [
    { name: "" },
    { name: 7 },
    { name: "a\nb" },
    { jti: "" },
    { jti: 7 },
    { jti: "x".repeat(129) },
  ])
    expect(await check(hmac({ ...GOOD, ...more }))).toBe("bad");
  const text = JSON.stringify(GOOD);
  for (const twice of [
    text.replace("{", '{"sub":"admin",'),
    text.replace("}", ',"sub":"admin"}'),
    text.replace("}", ',"s\\u0075b":"admin"}'),
    text.replace("}", ',"aud":"ent_shop"}'),
  ])
    expect(await check(raw({ alg: "HS256" }, twice))).toBe("bad");
  expect(await check(raw('{"alg":"none","alg":"HS256"}', GOOD))).toBe("bad");
});

test("whatever else is not a token is refused, and nothing throws", async () => {
  const good = hmac(GOOD);
  const [head = "", body = "", tail = ""] = good.split(".");
  for (const token of [
    "",
    ".",
    "..",
    "...",
    good.slice(0, -1),
    `${good}.${tail}`,
    `${head}.${body}`,
    `${head}.${body}.`,
    `${head}..${tail}`,
    `.${body}.${tail}`,
    `${head}.${body}.${tail.split("").reverse().join("")}`,
    `${head}.${b64({ ...GOOD, sub: "admin" })}.${tail}`,
    `${head} .${body}.${tail}`,
    `${head}.${body}.${tail}\n`,
    raw({ alg: "HS256" }, good),
    raw({ alg: "HS256", cty: "JWT" }, `"${good}"`),
    raw({ alg: "HS256" }, "[]"),
    raw({ alg: "HS256" }, "null"),
    raw({ alg: "HS256" }, '"text"'),
    raw({ alg: "HS256" }, "{"),
    raw("[]", GOOD),
    raw("null", GOOD),
    raw({ alg: "HS256" }, "\ufeff{}"),
    raw({ alg: "HS256" }, `${"[".repeat(3_000)}${"]".repeat(3_000)}`),
    raw({ alg: ["HS256"] }, GOOD),
    "💥.💥.💥",
    "A".repeat(100_000),
  ])
    expect({ token: token.slice(0, 60), is: await check(token) }).toEqual({
      token: token.slice(0, 60),
      is: "bad",
    });
  expect(await check(good)).not.toBe("bad");
});

test("names that stand in strings, lists and objects inside are not counted", () => {
  const once = (text: string) => namesOnce(text, JSON.parse(text));
  for (const text of [
    "{}",
    '{"a":"x:{[\\"b\\":1"}',
    '{"a":{"b":1,"b":2},"c":[{"d":1},{"d":2}]}',
    '{"a\\":":1}',
  ])
    expect({ text, is: once(text) }).toEqual({ text, is: true });
  for (const text of ['{"a":1,"a":1}', '{"a":{},"\\u0061":[]}', '{"x":"{","x":"}"}'])
    expect({ text, is: once(text) }).toEqual({ text, is: false });
});

test("only public keys that are strong enough are taken, and pages are origins", async () => {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const pub = await exportJWK(ec.publicKey);
  const takes = (change: unknown) => changeIdentity.safeParse(change).success;
  expect(takes({ public_keys: [pub] })).toBe(true);
  for (const key of [
    await exportJWK(privateKey),
    { ...pub, crv: "P-384" },
    { kty: "oct", k: "c2VjcmV0" },
    { kty: "RSA", n: "AQAB", e: "AQAB" },
  ])
    expect(takes({ public_keys: [key] })).toBe(false);
  expect(await isUsable(pub as IdentityKey)).toBe(true);
  expect(await isUsable({ ...(pub as IdentityKey & { kty: "EC" }), x: "AAAA" })).toBe(false);
  for (const origin of ["https://shop.example", "http://localhost:3000"])
    expect(takes({ origins: [origin] })).toBe(true);
  for (const origin of [
    "*",
    "null",
    "shop.example",
    "http://shop.example",
    "https://shop.example/",
    "https://a.b/c",
    "https://*.b",
    "HTTPS://A.B",
  ])
    expect({ origin, is: takes({ origins: [origin] }) }).toEqual({ origin, is: false });
  expect(takes({ algorithm: "none" })).toBe(false);
});
