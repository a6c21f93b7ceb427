import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp, worker } from "./client.ts";
import { goLive } from "./greeter.ts";
import { ROUTES } from "./route-list.ts";

const FOUNDRY = "http://localhost:8787";
const HTTPS = "https://localhost:8787";
let ann: Person;
let acme: MadeApp;
let other: MadeApp;
let cookie: string;
beforeAll(async () => {
  await migrate();
  ann = await signUp();
  [acme, other] = await Promise.all([makeApp(ann), makeApp(ann, "Other")]);
  await Promise.all([goLive(acme.enterprise_id), goLive(other.enterprise_id)]);
  cookie = await cookieOf(ann.email, FOUNDRY);
});

async function cookieOf(email: string, at: string): Promise<string> {
  const answer = await call("/api/auth/sign-in/email", { json: { email, password: "correct horse" }, at });
  return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

const filled = (path: string) =>
  path
    .replace(":enterprise_id", acme.enterprise_id)
    .replace(":workflow", "greeter")
    .replace(":user_id", ann.user_id)
    .replace(/:(\w+)|\*/g, "none");

/** All routes, with what is needed to ask them. */
const all = Object.entries(ROUTES).map(([name, route]) => {
  const [method = "", path = ""] = name.split(" ");
  return { name, method, path, ...route };
});

/** Origins that are not the one meant, however like it they look. */
const foreign = (own: string, neighbour: string) => {
  const { protocol, host, hostname, port } = new URL(own);
  return [
    ...["null", "about:blank", "https://evil.example", neighbour],
    ...[`${protocol}//sub.${host}`, `${protocol}//${host}.evil.example`, `${protocol}//evil-${host}`],
    ...[`${protocol}//${hostname}:${Number(port) + 1}`, `${protocol}//${hostname}`],
    ...[`https://${host}`, `${protocol}//${host.toUpperCase()}`, `${own}/`, `${own} ${own}`],
    ...[
      `${protocol}//xn--${host}`,
      `${protocol}//${host.replace("o", "\u043e")}`,
      `${protocol}//user@${host}`,
    ],
  ];
};

test("T54 every route answers with the same security headers, whatever the answer, and over https asks for no other", async () => {
  const expected = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
  };
  const wrong: object[] = [];
  for (const { name, method, path, kind, body } of all) {
    for (const token of [undefined, "nonsense"]) {
      const raw = body && JSON.stringify(body);
      const { headers } = await call(filled(path), { method, token, at: HTTPS, ...(raw && { raw }) });
      const has = Object.fromEntries(Object.keys(expected).map((it) => [it, headers.get(it)]));
      const policy = headers.get("content-security-policy") ?? "";
      const strict = [
        "default-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'none'",
      ];
      if (!strict.every((it) => policy.includes(it)) || /unsafe|\*/.test(policy))
        wrong.push({ name, policy });
      if (JSON.stringify(has) !== JSON.stringify(expected)) wrong.push({ name, kind, has });
      if (!/^req_/.test(headers.get("x-request-id") ?? "")) wrong.push({ name, kind, id: "none" });
    }
  }
  expect(wrong).toEqual([]);
});

test("T54 pages, what is not there and what leads elsewhere have them too", async () => {
  for (const at of [HTTPS, acme.url.replace("http:", "https:"), "https://nobody.example"]) {
    for (const path of ["/", "/manifest.webmanifest", "/icon.svg", "/nothing/here"]) {
      const { headers } = await call(path, { at });
      expect({
        ...{ at, path, sniff: headers.get("x-content-type-options") },
        safe: /frame-ancestors 'none'/.test(headers.get("content-security-policy") ?? ""),
        tls: headers.get("strict-transport-security")?.startsWith("max-age=31536000"),
      }).toEqual({ at, path, sniff: "nosniff", safe: true, tls: true });
    }
  }
});

test("T15 no changing route takes a cookie from a page of elsewhere, nor from nowhere, whatever the body", async () => {
  const wrong: object[] = [];
  const senders: Record<string, string>[] = [
    {},
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" },
    { origin: acme.url },
    { origin: `${FOUNDRY}.evil.example` },
  ];
  const before = await env.DB.prepare("select count(*) as n from audit").first();
  for (const { name, method, path, kind } of all) {
    if (method === "GET" || kind === "public" || kind === "foreign") continue;
    for (const sender of senders) {
      const headers = { cookie, "content-type": "text/plain", ...sender };
      const answer = await call(filled(path), { method, raw: "{}", headers });
      if (answer.status !== 403 || codeOf(answer) !== "WRONG_ORIGIN")
        wrong.push({ name, sender, status: answer.status, code: codeOf(answer) });
    }
  }
  expect(wrong).toEqual([]);
  expect(await env.DB.prepare("select count(*) as n from audit").first()).toEqual(before);
});

test("T15 no body counts that a form of another site could send, on any route that takes JSON", async () => {
  const wrong: object[] = [];
  for (const { name, method, path, body } of all) {
    if (!body) continue;
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
    ]) {
      const headers = { "content-type": type };
      const answer = await call(filled(path), {
        method,
        raw: JSON.stringify(body),
        token: ann.token,
        headers,
      });
      if (answer.status !== 400 || codeOf(answer) !== "BAD_REQUEST")
        wrong.push({ name, type, status: answer.status });
    }
  }
  expect(wrong).toEqual([]);
});

test("T10 no socket opens for a page of elsewhere, at the foundry's address and an app's, with any credential", async () => {
  const user = await signUp({ at: acme.url });
  const theirs = await cookieOf(user.email, acme.url);
  const places: [string, string, string, Record<string, string>[]][] = [
    [FOUNDRY, acme.url, ann.user_id, [{ cookie }, { authorization: `Bearer ${ann.token}` }]],
    [acme.url, other.url, user.user_id, [{ cookie: theirs }, { authorization: `Bearer ${user.token}` }]],
  ];
  const wrong: object[] = [];
  for (const [at, neighbour, userId, credentials] of places) {
    for (const { name, path } of all.filter(({ kind }) => kind === "socket")) {
      const url = `${at}${filled(path.replace(":user_id", userId))}`;
      for (const origin of foreign(at, neighbour)) {
        for (const credential of credentials) {
          const headers = { upgrade: "websocket", origin, ...credential };
          const { status } = await worker.fetch(new Request(url, { headers }));
          if (status !== 403) wrong.push({ at, name, origin, status });
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});

test("T55 what an app is called and how it looks is text and colours, and never markup or style", async () => {
  const evil = `"><script>alert(1)</script><b onload="x`;
  const mine = await makeApp(ann, evil);
  await goLive(mine.enterprise_id);
  for (const branding of [
    ...["red;background:url(//evil.example)", "#fff", "#12345g", 'url("x")', "#123456;}"].map((it) => ({
      primary_color: it,
    })),
    ...[{ font: "serif;}" }, { theme: "x" }, { logo_text: "<svg onload=x>" }],
  ]) {
    const answer = await call(`/api/apps/${mine.enterprise_id}`, {
      method: "PATCH",
      token: ann.token,
      raw: JSON.stringify({ branding }),
    });
    expect({ branding, code: codeOf(answer) }).toEqual({ branding, code: "BAD_REQUEST" });
  }
  const logo = await call(`/api/apps/${mine.enterprise_id}`, {
    ...{ method: "PATCH", token: ann.token, raw: JSON.stringify({ branding: { logo_text: "<b>&" } }) },
  });
  expect(logo.status).toBe(200);
  const icon = await call("/icon.svg", { at: mine.url });
  expect(icon.headers.get("content-type")).toContain("image/svg+xml");
  expect(icon.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(icon.body).not.toMatch(/<b>|<script|onload/);
  const page = await call("/", { at: mine.url });
  // In an attribute only its quotes end it.
  expect(page.body).not.toContain('"><script>');
  expect(page.body).not.toContain(`<title>${evil}`);
});

test("T53 the cookie of one app is bound to its host, and nobody's at another's", async () => {
  const at = acme.url.replace("http:", "https:");
  const email = "two-apps@example.com";
  const json = { email, password: "correct horse", name: "A Person" };
  const up = await call("/api/auth/sign-up/email", { json, at });
  const set = up.headers.get("set-cookie") ?? "";
  expect(set).toMatch(/^__Host-mozaiks\./);
  expect(set).not.toMatch(/domain=/i);
  const headers = { cookie: set.split(";")[0] ?? "" };
  expect((await call("/api/me", { headers, at })).status).toBe(200);
  for (const elsewhere of [other.url.replace("http:", "https:"), HTTPS])
    expect((await call("/api/me", { headers, at: elsewhere })).status).toBe(401);
});
