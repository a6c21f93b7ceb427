import { beforeAll, expect, test } from "vitest";
import { errorBody } from "#protocol/errors";
import { gateway } from "#workers/gateway/gateway";
import { askRoute as ask, routesOf as of } from "./ask-route.ts";
import { type Answer, call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { GREETER, goLive } from "./greeter.ts";
import { ROUTES } from "./route-list.ts";
import { sendFile } from "./send-file.ts";

const registered = [
  ...new Set(gateway.routes.filter((it) => it.method !== "ALL").map((it) => `${it.method} ${it.path}`)),
];

let ann: Person;
let eve: Person;
let acme: MadeApp;
beforeAll(async () => {
  await migrate();
  [ann, eve] = await Promise.all([signUp(), signUp()]);
  acme = await makeApp(ann);
  await goLive(acme.enterprise_id);
});

test("every registered route is classified here", () => {
  expect(registered.sort()).toEqual(Object.keys(ROUTES).sort());
});

test("T01 without an identity every route but the public ones answers 401, whatever is sent", async () => {
  for (const [name] of of("mine", "enterprise")) {
    for (const token of [undefined, "nonsense", "a.b", "a.b.c"]) {
      const broken = token === undefined && !name.startsWith("GET") ? "{" : undefined;
      const answer = await ask(name, acme.enterprise_id, token, broken);
      expect({ name, status: answer.status, code: codeOf(answer) }).toEqual({
        name,
        status: 401,
        code: "UNAUTHENTICATED",
      });
    }
  }
});

test("T01 T04 another's enterprise looks exactly like none", async () => {
  for (const [name] of of("enterprise")) {
    const theirs = await ask(name, acme.enterprise_id, eve.token);
    const none = await ask(name, "ent_00000000000000000000000000", eve.token);
    const shown = ({ body, headers, status }: Answer) => ({
      name,
      status,
      body: JSON.stringify(body).replace(/req_\w+/, ""),
      headers: [...headers].filter(([key]) => key !== "x-request-id" && key !== "content-length"),
    });
    expect(shown(theirs)).toEqual(shown(none));
    expect({ name, status: theirs.status, code: codeOf(theirs) }).toEqual({
      name,
      status: 404,
      code: "NOT_FOUND",
    });
  }
});

test("T60 T71 malformed bodies are 400 with the path of what is wrong, and never 500", async () => {
  const evil = ['{"__proto__":{"admin":true},"constructor":1}', "[]", "null", '"text"', "7"];
  for (const [name, { body }] of of("mine", "enterprise")) {
    if (!body) continue;
    const broken = await ask(name, acme.enterprise_id, ann.token, "{");
    expect({ name, code: codeOf(broken) }).toEqual({ name, code: "BAD_JSON" });
    const wrong = Object.fromEntries(
      ["name", "prompt", "plan_hash", "enterprise_id", "definition", "user_id", "slug", "run_id"].map(
        (key) => [key, 7],
      ),
    );
    const typed = await ask(name, acme.enterprise_id, ann.token, JSON.stringify(wrong));
    expect({ name, code: codeOf(typed) }).toEqual({ name, code: "BAD_REQUEST" });
    const { details } = errorBody.parse(typed.body).error;
    expect(details?.issues).toEqual(
      expect.arrayContaining([{ path: expect.any(String), message: expect.any(String) }]),
    );
    for (const raw of evil.slice(1)) {
      const answer = await ask(name, acme.enterprise_id, ann.token, raw);
      expect({ name, raw, code: codeOf(answer) }).toEqual({ name, raw, code: "BAD_REQUEST" });
    }
    const required = Object.keys(body).length > 0 && name !== "POST /api/apps";
    if (required) {
      const polluted = await ask(name, acme.enterprise_id, ann.token, evil[0]);
      expect({ name, status: polluted.status }).toEqual({ name, status: 400 });
      const empty = await ask(name, acme.enterprise_id, ann.token, "{}");
      expect({ name, status: empty.status }).toEqual({ name, status: 400 });
    }
  }
});

test("ids that can't be ids are 400, an unknown path 404, a wrong method 405 with what is allowed", async () => {
  const odd = await call(`/api/apps/${encodeURIComponent("a/../b")}`, { token: ann.token });
  expect({ status: odd.status, code: codeOf(odd) }).toEqual({ status: 400, code: "BAD_REQUEST" });
  const unknown = await call("/api/nothing", { token: ann.token });
  expect(codeOf(unknown)).toBe("NOT_FOUND");
  const method = await call("/api/apps", { method: "PUT", token: ann.token });
  expect({ status: method.status, code: codeOf(method) }).toEqual({
    status: 405,
    code: "METHOD_NOT_ALLOWED",
  });
  expect(method.headers.get("allow")?.split(", ").sort()).toEqual(["GET", "POST"]);
});

test("T15 a body that is not said to be JSON is refused", async () => {
  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "",
  ]) {
    const headers = { "content-type": type };
    const answer = await call("/api/apps", { raw: '{"name":"Form"}', token: ann.token, headers });
    expect({ type, code: codeOf(answer) }).toEqual({ type, code: "BAD_REQUEST" });
  }
});

test("T15 a form with a file is taken from a page of this very address only, and never from a link to it", async () => {
  const answer = await call("/api/auth/sign-in/email", {
    json: { email: ann.email, password: "correct horse" },
  });
  const cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  expect(cookie).toContain("=");
  const fields = { enterprise_id: acme.enterprise_id, chat_id: "none" };
  for (const path of ["/api/chat/upload", `/api/apps/${acme.enterprise_id}/knowledge`]) {
    const send = (more: Record<string, string>) =>
      sendFile(path, null, { name: "a.txt", bytes: "Hi" }, fields, { cookie, ...more });
    const foreign: Record<string, string>[] = [
      {},
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: "http://localhost:8787.evil.example", "sec-fetch-site": "cross-site" },
    ];
    for (const more of foreign) {
      const refused = await send(more);
      expect({ path, more, code: codeOf(refused) }).toEqual({ path, more, code: "WRONG_ORIGIN" });
    }
    expect([202, 404]).toContain((await send({ origin: "http://localhost:8787" })).status);
  }
});

test("T60 odd text and deep nesting are kept as they are or refused, never a 500", async () => {
  for (const text of ["\\u0000", "\\ud800", "\\r\\n{}", "'; drop table enterprise; --", "\\u202e"]) {
    const made = await call("/api/apps", { raw: `{"name":"x${text}"}`, token: ann.token });
    expect({ text, ok: [201, 400].includes(made.status) }).toEqual({ text, ok: true });
  }
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  for (const raw of [deep, `{"name":${deep}}`, "[".repeat(100_000)]) {
    expect((await call("/api/apps", { raw, token: ann.token })).status).toBe(400);
  }
  const step = `{"respond":${"[".repeat(5_000)}${"]".repeat(5_000)}}`;
  const acceptance = `[{"name":"deep","steps":[${step}]}]`;
  const definition = JSON.stringify(GREETER).replace(/\}$/, `,"acceptance":${acceptance}}`);
  const raw = `{"enterprise_id":"${acme.enterprise_id}","definition":${definition}}`;
  expect(codeOf(await call("/api/workflows/register", { raw, token: ann.token }))).toBe("BAD_REQUEST");
});

test("a body beyond the limit is 413", async () => {
  const raw = JSON.stringify({ name: "x".repeat(1024 * 1024) });
  expect(codeOf(await call("/api/apps", { raw, token: ann.token }))).toBe("TOO_LARGE");
});

test("T54 every answer carries the security headers and a request id, errors too", async () => {
  for (const path of ["/api/health", "/api/site", "/api/me", "/api/nothing", "/ws/a/b/c/d", "/api/docs"]) {
    const { headers } = await call(path);
    expect(headers.get("x-request-id")).toMatch(/^req_[0-9a-z]{26}$/);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect({
      sniff: headers.get("x-content-type-options"),
      frame: headers.get("x-frame-options"),
      referrer: headers.get("referrer-policy"),
      opener: headers.get("cross-origin-opener-policy"),
      resource: headers.get("cross-origin-resource-policy"),
      cache: headers.get("cache-control"),
    }).toEqual({
      sniff: "nosniff",
      frame: "DENY",
      referrer: "no-referrer",
      opener: "same-origin",
      resource: "same-origin",
      cache: "no-store",
    });
  }
});

test("without an upgrade a socket's address answers 426", async () => {
  for (const [name] of of("socket")) {
    const answer = await ask(name, acme.enterprise_id, ann.token);
    expect({ name, status: answer.status }).toEqual({ name, status: 426 });
  }
});

test("the API publishes itself as OpenAPI 3.1, and to read without any foreign script", async () => {
  const document = await call("/api/openapi.json");
  expect(document.status).toBe(200);
  expect(document.body).toMatchObject({ openapi: "3.1.0" });
  const { paths } = document.body as { paths: Record<string, object> };
  expect(Object.keys(paths)).toContain("/api/apps/{enterprise_id}/builds/{build_id}");
  const page = await call("/api/docs");
  expect(page.status).toBe(200);
  expect(page.body).toContain("/api/chats/{enterprise_id}/{workflow}/start");
  expect(page.body).not.toMatch(/<script|src=|https?:\/\/(?!localhost)/);
});
