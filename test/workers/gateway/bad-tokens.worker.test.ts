import { env } from "cloudflare:workers";
import { exportSPKI, generateKeyPair, SignJWT } from "jose";
import { beforeAll, expect, test } from "vitest";
import { signChatToken } from "#auth/chat-token";
import { FOUNDRY_REALM } from "#auth/realm";
import { anyCodeOf, changesNothing } from "./changes-nothing.ts";
import { call, type MadeApp, makeApp, migrate, type Person, signUp, worker } from "./client.ts";
import { goLive } from "./greeter.ts";

let owner: Person;
let acme: MadeApp;
beforeAll(async () => {
  await migrate();
  owner = await signUp();
  acme = await makeApp(owner, "Acme");
  await goLive(acme.enterprise_id);
});

/** A token of three parts as written, with whatever signature. */
const b64 = (it: unknown) =>
  Buffer.from(typeof it === "string" ? it : JSON.stringify(it)).toString("base64url");
async function hs256(header: object, payload: object, key: string): Promise<string> {
  const text = `${b64(header)}.${b64(payload)}`;
  const secret = await crypto.subtle.importKey(
    "raw",
    Buffer.from(key),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  return `${text}.${Buffer.from(await crypto.subtle.sign("HMAC", secret, Buffer.from(text))).toString("base64url")}`;
}

test(
  "chat tokens: no algorithm, key or claim but ours counts, on HTTP or a socket, and no object is touched",
  () =>
    changesNothing(async () => {
      const now = Math.floor(Date.now() / 1_000);
      const claims = {
        sub: owner.user_id,
        enterprise_id: acme.enterprise_id,
        realm: FOUNDRY_REALM,
        aud: "mozaiks.chat",
        iat: now,
        exp: now + 600,
      };
      const { token: good } = await signChatToken(
        { sub: owner.user_id, enterprise_id: acme.enterprise_id, realm: FOUNDRY_REALM },
        env.TOKEN_SECRET,
        Date.now(),
        600_000,
      );
      const [head, body, mac] = good.split(".") as [string, string, string];
      const rsa = await generateKeyPair("RS256", { extractable: true });
      const pem = await exportSPKI(rsa.publicKey);
      const ours = env.TOKEN_SECRET;
      const jwk = { kty: "oct", k: b64("attacker-key-attacker-key-attacker") };
      const tokens: Record<string, string> = {
        none: `${b64({ alg: "none" })}.${b64(claims)}.`,
        "None, in another case": `${b64({ alg: "nOnE" })}.${b64(claims)}.`,
        "none with our signature": `${b64({ alg: "none" })}.${body}.${mac}`,
        "no algorithm": await hs256({ typ: "JWT" }, claims, ours),
        "an empty key": `${head}.${body}.`,
        "a key of spaces": await hs256({ alg: "HS256" }, claims, " "),
        "another secret": await hs256({ alg: "HS256" }, claims, env.AUTH_SECRET),
        "RS256 with its own key": await new SignJWT(claims)
          .setProtectedHeader({ alg: "RS256" })
          .sign(rsa.privateKey),
        "a public key as the secret": await hs256({ alg: "HS256" }, claims, pem),
        "HS512 said, HS256 done": await hs256({ alg: "HS512" }, claims, ours),
        "RS256 said, HS256 done": await hs256({ alg: "RS256" }, claims, ours),
        "a key in the header": await hs256(
          { alg: "HS256", jwk },
          claims,
          "attacker-key-attacker-key-attacker",
        ),
        "a key by address": await hs256(
          { alg: "HS256", jku: "https://evil.example/keys" },
          claims,
          "attacker",
        ),
        "a key by path": await hs256({ alg: "HS256", kid: "../../../../dev/null" }, claims, "\0"),
        "a key by SQL": await hs256({ alg: "HS256", kid: "x' UNION SELECT 'a" }, claims, "a"),
        "what must be understood": await hs256({ alg: "HS256", crit: ["x"], x: 1 }, claims, ours),
        "for something else": await hs256({ alg: "HS256" }, { ...claims, aud: "mozaiks.other" }, ours),
        "for nothing": await hs256({ alg: "HS256" }, { ...claims, aud: undefined }, ours),
        "without an end": await hs256({ alg: "HS256" }, { ...claims, exp: undefined }, ours),
        "an end in words": await hs256({ alg: "HS256" }, { ...claims, exp: "never" }, ours),
        "not yet": await hs256({ alg: "HS256" }, { ...claims, nbf: now + 600 }, ours),
        nobody: await hs256({ alg: "HS256" }, { ...claims, sub: undefined }, ours),
        "a person who is none": await hs256({ alg: "HS256" }, { ...claims, sub: "user_nobody" }, ours),
        "another realm": await hs256({ alg: "HS256" }, { ...claims, realm: acme.enterprise_id }, ours),
        "an odd id": await hs256({ alg: "HS256" }, { ...claims, enterprise_id: "../x" }, ours),
        "a letter changed": `${head}.${body}.${mac.slice(0, -2)}${mac.endsWith("AA") ? "BB" : "AA"}`,
        "two bodies": `${head}.${body}.${body}.${mac}`,
        "no parts": "..",
        "a list": `${head}.${b64([claims])}.${mac}`,
        padded: `${head}=.${body}.${mac}`,
      };
      const chats = `/api/chats/${acme.enterprise_id}/greeter`;
      expect((await call(chats, { token: good })).status).toBe(200);
      for (const [what, token] of Object.entries(tokens)) {
        const answer = await call(chats, { token });
        expect({ what, status: answer.status, code: anyCodeOf(answer) }).toEqual({
          what,
          status: 401,
          code: "UNAUTHENTICATED",
        });
        const path = `/ws/greeter/${acme.enterprise_id}/chat_never/${owner.user_id}?access_token=${encodeURIComponent(token)}`;
        const { webSocket: socket } = await worker.fetch(
          new Request(`http://localhost:8787${path}`, { headers: { upgrade: "websocket" } }),
        );
        const closed = new Promise<number>((done) =>
          socket?.addEventListener("close", ({ code }) => done(code)),
        );
        socket?.accept();
        expect({ what, closed: await closed }).toEqual({ what, closed: 4401 });
      }
    }),
  60_000,
);

test("a token of a session that has ended, and one of an earlier sign-in, are nobody", async () => {
  const who = await signUp();
  const asked = await call("/api/chats/token", {
    json: { enterprise_id: acme.enterprise_id },
    token: owner.token,
  });
  expect(asked.status).toBeLessThan(500);
  await call("/api/auth/sign-out", {
    json: {},
    token: who.token,
    headers: { origin: "http://localhost:8787" },
  });
  for (let i = 0; i < 3; i += 1) expect((await call("/api/me", { token: who.token })).status).toBe(401);
});
