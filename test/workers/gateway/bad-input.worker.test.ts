import { env } from "cloudflare:workers";
import { exportSPKI, generateKeyPair, SignJWT } from "jose";
import { beforeAll, expect, test } from "vitest";
import { signChatToken } from "#auth/chat-token";
import { FOUNDRY_REALM } from "#auth/realm";
import { zipOf } from "#test/support/zip-of";
import {
  type Answer,
  call,
  codeOf,
  type MadeApp,
  makeApp,
  migrate,
  type Person,
  signUp,
  worker,
} from "./client.ts";
import { goLive } from "./greeter.ts";
import { sendFile } from "./send-file.ts";

let owner: Person;
let acme: MadeApp;
let other: Person;
let theirs: MadeApp;
beforeAll(async () => {
  await migrate();
  [owner, other] = await Promise.all([signUp(), signUp()]);
  [acme, theirs] = await Promise.all([makeApp(owner, "Acme"), makeApp(other, "Globex")]);
  await Promise.all([goLive(acme.enterprise_id), goLive(theirs.enterprise_id)]);
});

/** How many rows each table of D1 has. */
async function rows(): Promise<Record<string, number>> {
  const { results } = await env.DB.prepare(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '_cf_%' and name not like 'd1_%'",
  ).all<{ name: string }>();
  const counts = await env.DB.batch<{ n: number }>(
    results.map(({ name }) => env.DB.prepare(`select count(*) as n from "${name}"`)),
  );
  return Object.fromEntries(results.map(({ name }, i) => [name, counts[i]?.results[0]?.n ?? -1]));
}
/** Whatever `work` does leaves every table as it was; rows of the audit log say that it was refused. */
async function changesNothing(work: () => Promise<void>): Promise<void> {
  const { audit: _, ...before } = await rows();
  await work();
  const { audit: __, ...after } = await rows();
  expect(after).toEqual(before);
}
const code = (answer: Answer) => codeOf(answer) ?? (answer.body as { code?: string } | null)?.code;

test("T52 hosts: which app is meant is what the URL's host says, and no header or spelling makes it another", () =>
  changesNothing(async () => {
    const acmeHost = `${acme.slug}.localhost:8787`;
    const site = async (at: string, headers: Record<string, string> = {}) => {
      const { status, body } = await call("/api/site", { at, headers });
      const { enterprise_id, app } = body as { enterprise_id?: string; app?: { enterprise_id: string } };
      return status === 200 ? (enterprise_id ?? app?.enterprise_id ?? "foundry") : status;
    };
    const plain = await site(`http://${acmeHost}`);
    expect(plain).toBe(acme.enterprise_id);
    const same = [
      acmeHost.toUpperCase(),
      acmeHost.replace(":8787", ".:8787"),
      `${acme.slug}.localhost`,
      acmeHost.replace("l", "ｌ"),
      `user:pass@${acmeHost}`,
    ];
    for (const host of same) expect({ host, is: await site(`http://${host}`) }).toEqual({ host, is: plain });
    const nobody = [
      `x.${acmeHost}`,
      `${acme.slug}_.localhost:8787`,
      `${acme.slug}.localhost.evil.example`,
      `${acme.slug}.evil.example`,
      "evil.example",
      "xn--e1awd7f.localhost:8787",
      "10.0.0.1:8787",
      "0x0a000001",
      "[fe80::1]",
      "[::ffff:10.0.0.1]",
      `${"a".repeat(63)}.localhost:8787`,
      "-.localhost:8787",
    ];
    for (const host of nobody) expect({ host, is: await site(`http://${host}`) }).toEqual({ host, is: 404 });
    const lies = [
      "x-forwarded-host",
      "x-original-host",
      "x-host",
      "forwarded",
      "x-mozaiks-open",
      "x-rewrite-url",
      "x-original-url",
      "mf-original-url",
    ];
    for (const name of lies) {
      const value =
        name === "forwarded" ? `host=${theirs.slug}.localhost:8787` : `http://${theirs.slug}.localhost:8787/`;
      expect({ name, is: await site(`http://${acmeHost}`, { [name]: value }) }).toEqual({ name, is: plain });
    }
    for (const host of [
      `${theirs.slug}.localhost:8787`,
      `${acmeHost}, ${theirs.slug}.localhost:8787`,
      `${acmeHost} x`,
      `${acmeHost}@evil.example`,
      `${acmeHost}/x`,
      "a b",
    ])
      expect({ host, is: await site(`http://${acmeHost}`, { host }) }).toEqual({ host, is: 404 });
  }));

test("T01 paths: no dots, encodings or odd bytes lead to another's app, past a check, or to a 500", () =>
  changesNothing(async () => {
    const [mine, foreign] = [acme.enterprise_id, theirs.enterprise_id];
    const paths = [
      `/api/apps/${mine}/../${foreign}`,
      `/api/apps/${mine}/%2e%2e/${foreign}`,
      `/api/apps/${mine}%2f..%2f${foreign}`,
      `/api/apps/${mine}/..%2f${foreign}`,
      `/api/apps/${mine}\\..\\${foreign}`,
      `/api/apps/${mine}%5c..%5c${foreign}`,
      `/api/apps//${foreign}`,
      `/api//apps/${foreign}`,
      `/api/apps/${foreign}/`,
      `/api/apps/${foreign}%00`,
      `/api/apps/${foreign}%20`,
      `/api/apps/${foreign};${mine}`,
      `/api/apps/${foreign}?enterprise_id=${mine}`,
      `/api/apps/${foreign}?app_id=${mine}&app_id=${foreign}`,
      `/api/apps/${foreign.toUpperCase()}`,
      `/API/apps/${foreign}`,
      `/api/apps/%252e%252e%252f${foreign}`,
      `/api/apps/%c0%ae%c0%ae/${foreign}`,
      "/api/apps/%ff%fe",
      "/api/apps/%",
      "/api/apps/%zz",
      "/api/apps/..",
      "/api/apps/%2e",
      `/api/apps/${"a".repeat(9_000)}`,
      `/api/apps/${mine}/tables/..%2f..%2f${foreign}/rows`,
      `/api/apps/${mine}/knowledge/..%2f${foreign}`,
      `/api/apps/${mine}/versions/-1/files`,
      `/api/apps/${mine}/versions/99999999999999999999/files`,
      `/a/${theirs.slug}/../../api/apps/${foreign}`,
      `/a/..%2f${theirs.slug}/api/apps/${foreign}`,
      `/a//api/apps/${foreign}`,
      `/a/${theirs.slug.toUpperCase()}/api/site`,
      `/ws/greeter/${foreign}/c1/${owner.user_id}`,
      `/ws/greeter/..%2f${foreign}/c1/${owner.user_id}`,
    ];
    for (const path of paths) {
      const answer = await call(path, {
        token: owner.token,
        headers: path.startsWith("/ws/") ? { upgrade: "websocket" } : {},
      });
      const shown = JSON.stringify(answer.body);
      expect({
        path,
        refused: answer.status >= 400 && answer.status < 500,
        theirs: shown.includes("Globex"),
      }).toEqual({ path, refused: true, theirs: false });
    }
  }));

test("headers that are huge, many or odd are refused or of no use, and never a 500", () =>
  changesNothing(async () => {
    const long = "x".repeat(100_000);
    const odd: Record<string, string>[] = [
      { authorization: `Bearer ${long}` },
      { authorization: "Bearer" },
      { authorization: "Basic Og==" },
      { authorization: `Bearer ${owner.token}, Bearer ${other.token}` },
      { authorization: `Bearer mzk_${long}` },
      { cookie: `mozaiks.session_token=${long}` },
      { cookie: Array.from({ length: 3_000 }, (_, i) => `c${i}=1`).join("; ") },
      { cookie: "mozaiks.session_token=%00%ff; =; ;;; a" },
      Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x-${i}`, "1"])),
    ];
    for (const headers of odd) {
      const { status } = await call("/api/me", { headers });
      expect({ headers: JSON.stringify(headers).slice(0, 40), status }).toMatchObject({ status: 401 });
    }
    for (const headers of [
      { "idempotency-key": long },
      { "idempotency-key": "../x" },
      { "idempotency-key": "" },
    ] as Record<string, string>[]) {
      const answer = await call("/api/apps", { json: { name: "X" }, token: owner.token, headers });
      expect({ status: answer.status, code: code(answer) }).toEqual({ status: 400, code: "BAD_REQUEST" });
    }
    for (const type of [
      "application/jsonx",
      "text/plain",
      "application/json-patch",
      "multipart/form-data",
      "application/x-www-form-urlencoded; charset=json",
    ])
      expect(
        (
          await call("/api/apps", {
            raw: '{"name":"X"}',
            token: owner.token,
            headers: { "content-type": type },
          })
        ).status,
      ).toBe(400);
    expect(
      (await call("/api/health", { headers: { "accept-language": long, "user-agent": long } })).status,
    ).toBe(200);
  }));

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
        expect({ what, status: answer.status, code: code(answer) }).toEqual({
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

const YAML = { name: "app.yaml", content: "name: A" };
test(
  "T56 imports: zips that climb, link, lie, repeat or swell are refused with a reason, and nothing is kept",
  () =>
    changesNothing(async () => {
      const app = acme.enterprise_id;
      const names = [
        "../app.yaml",
        "../../etc/passwd",
        "/app.yaml",
        "a/../../b",
        "..\\app.yaml",
        "C:\\x",
        "C:/x",
        "\\\\host\\x",
        "a\0b",
        "workflows/../../x",
        "./app.yaml",
        "a//b",
        "a/./b",
        ".git/config",
        "%2e%2e/x",
        "workflows/greeter.yaml/../../x",
        "NUL\u202egpj.yaml",
        "a\nb",
      ];
      const zips: [string, Uint8Array | string][] = [
        ...names.map((name): [string, Uint8Array] => [name, zipOf([YAML, { name, content: "x" }])]),
        ["link", zipOf([YAML, { name: "a", content: "/etc/passwd", mode: 0o120777 }])],
        ["device", zipOf([YAML, { name: "a", content: "", mode: 0o060666 }])],
        ["case", zipOf([YAML, { name: "APP.YAML", content: "name: B" }])],
        ["lies", zipOf([YAML, { name: "a", content: "x", size: 0xfffffff0 }])],
        [
          "many",
          zipOf([
            YAML,
            ...Array.from({ length: 401 }, (_, n) => ({ name: `knowledge/f${n}.md`, content: "" })),
          ]),
        ],
        ["swells", zipOf([YAML, { name: "knowledge/a.md", content: "0".repeat(30_000_000) }])],
        ["empty", zipOf([])],
        ["no zip", "PK\u0003\u0004 but not really"],
        ["nothing", ""],
        ["script", "#!/bin/sh\nrm -rf /"],
      ];
      for (const [what, bytes] of zips) {
        const answer = await sendFile(`/api/apps/${app}/import`, owner, { name: "app.zip", bytes });
        expect({ what, status: answer.status, said: typeof code(answer) }).toEqual({
          what,
          status: expect.toSatisfy((it: number) => it >= 400 && it < 500),
          said: "string",
        });
      }
    }),
  60_000,
);

test("T58 uploads: whatever a file is called, it is kept by a plain name of its own, under its app", async () => {
  const app = acme.enterprise_id;
  const names = [
    "../../evil.txt",
    "..\\..\\evil.txt",
    "/etc/passwd",
    "C:\\boot.txt",
    "a\0b.txt",
    "con.txt",
    ".htaccess",
    "..",
    ".",
    "",
    `${"x".repeat(500)}.txt`,
    "<img src=x>.txt",
    "x\u202etxt.exe",
    "a%2f..%2fb.txt",
    `enterprises/${theirs.enterprise_id}/x.txt`,
    "name\r\nx-evil: 1.txt",
    '"; filename="b.html',
  ];
  for (const [i, name] of names.entries()) {
    const answer = await sendFile(`/api/apps/${app}/knowledge`, owner, {
      name,
      bytes: `words number ${i}`,
      type: "text/plain",
    });
    expect({ name, ok: answer.status < 500 }).toEqual({ name, ok: true });
    if (answer.status >= 400) continue;
    const kept = (answer.body as { name: string }).name;
    expect({ name, kept }).toEqual({
      name,
      kept: expect.stringMatching(/^[\p{L}\p{N}_(-][\p{L}\p{N} ._()-]{0,119}$/u),
    });
    expect(kept).not.toContain("..");
  }
  const { objects } = await env.FILES.list();
  for (const { key } of objects) expect(key).toMatch(/^enterprises\/ent_[a-z0-9]+\/[\w./-]+$/);
  expect(
    objects.filter(
      ({ key }) => key.startsWith(`enterprises/${theirs.enterprise_id}/`) && key.includes("knowledge"),
    ),
  ).toEqual([]);
});

test(
  "T33 bodies beyond their limit are 413 before they are parsed: JSON, forms, zips and CSV alike",
  () =>
    changesNothing(async () => {
      const app = acme.enterprise_id;
      const big = (bytes: number) => "[".repeat(bytes);
      const json = await call("/api/apps", { raw: big(1_100_000), token: owner.token });
      expect([json.status, code(json)]).toEqual([413, "TOO_LARGE"]);
      // Without a length that says so: an endless body is not read to its end.
      let sent = 0;
      const endless = new ReadableStream({
        pull(controller) {
          sent += 65_536;
          controller.enqueue(new Uint8Array(65_536).fill(91));
        },
      });
      const request = new Request("http://localhost:8787/api/apps", {
        method: "POST",
        body: endless,
        headers: { "content-type": "application/json", authorization: `Bearer ${owner.token}` },
      });
      expect((await worker.fetch(request)).status).toBe(413);
      expect(sent).toBeLessThan(4_000_000);
      for (const path of [`/api/apps/${app}/import`, `/api/apps/${app}/knowledge`]) {
        const answer = await sendFile(path, owner, {
          name: "a.zip",
          bytes: new Uint8Array(26 * 1024 * 1024),
        });
        expect({ path, status: answer.status, code: code(answer) }).toEqual({
          path,
          status: 413,
          code: "TOO_LARGE",
        });
      }
    }),
  60_000,
);
