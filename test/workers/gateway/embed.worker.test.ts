import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import type { IdentitySettings, VisitorSession } from "#protocol/api/identity";
import { keptTabs } from "#test/support/kept-tabs";
import { receive } from "#workers/gateway/receive";
import { call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp, worker } from "./client.ts";
import { GREETER, goLive } from "./greeter.ts";

const SHOP = "https://shop.example";
const EVIL = "https://evil.example";
const FOUNDRY = "http://localhost:8787";
/** As `chatui/public/_headers` has it for every page. */
const PAGE_POLICY = "default-src 'none'; script-src 'self'; frame-ancestors 'none'; object-src 'none'";
const { joinAs } = keptTabs();

let owner: Person;
let app: MadeApp;
const change = (json: unknown, of = app) =>
  call(`/api/apps/${of.enterprise_id}/identity`, { method: "PATCH", token: owner.token, json });
beforeAll(async () => {
  await migrate();
  owner = await signUp();
  app = await makeApp(owner, `Ann's "$&" <b>Shop</b>`);
  await goLive(app.enterprise_id);
  await call(`/api/apps/${app.enterprise_id}`, {
    method: "PATCH",
    token: owner.token,
    json: { sign_in: { guests: true }, branding: { primary_color: "#0f766e" } },
  });
});

/** What a browser gets of the built pages. */
const BUILT: Record<string, string> = {
  "/widget.js": "begin(JSON.parse(`{mozaiks:app}`))",
  "/embed": '<meta name="mozaiks-embed" content="{mozaiks:embed}" />',
};
async function get(address: string, headers: Record<string, string> = {}): Promise<Response> {
  const assets = {
    fetch: async (it: Request | URL) => {
      const text = BUILT[new URL(it instanceof URL ? it : it.url).pathname];
      return new Response(text ?? "<title>UI</title>", {
        headers: { "content-security-policy": PAGE_POLICY, "x-frame-options": "DENY", etag: '"of-the-file"' },
      });
    },
  };
  const ctx = createExecutionContext();
  const answer = await receive(
    new Request(address, { headers, redirect: "manual" }),
    { ...env, ASSETS: assets as unknown as Fetcher },
    ctx,
  );
  await waitOnExecutionContext(ctx);
  return answer;
}
/** What the page says to its script, as a browser reads the attribute. */
async function settingsIn(page: Response): Promise<unknown> {
  const attribute = /content="([^"]*)"/.exec(await page.text())?.[1] ?? "";
  return JSON.parse(attribute.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))));
}

test("T54 the chat is framed by the app's own pages, the foundry and the origins that are set, and by nobody else", async () => {
  const alone = await get(`${app.url}/embed`);
  expect(alone.headers.get("content-security-policy")).toBe(
    `default-src 'none'; script-src 'self'; object-src 'none'; frame-ancestors 'self' ${FOUNDRY}`,
  );
  expect(alone.headers.get("x-frame-options")).toBeNull();
  expect(alone.headers.get("cache-control")).toBe("no-store");
  expect(alone.headers.get("etag")).toBeNull();
  expect(alone.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
  expect(await settingsIn(alone)).toEqual({ hosts: [FOUNDRY], share_text: false });

  const set = await change({ origins: [SHOP], share_text: true });
  expect(set.body as IdentitySettings).toMatchObject({ origins: [SHOP], share_text: true });
  const page = await get(`${app.url}/embed?lang=de`);
  expect(page.headers.get("content-security-policy")).toMatch(
    new RegExp(`; frame-ancestors 'self' ${FOUNDRY} ${SHOP}$`),
  );
  expect(await settingsIn(page)).toEqual({ hosts: [FOUNDRY, SHOP], share_text: true });
  await change({ share_text: false });
  // No other page, and none of the foundry.
  for (const address of [`${app.url}/`, `${app.url}/account`, `${FOUNDRY}/`]) {
    const other = await get(address);
    expect(other.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(other.headers.get("x-frame-options")).toBe("DENY");
  }
  expect((await get(`${app.url}/embed/try`)).headers.get("content-security-policy")).toContain(
    "frame-ancestors 'none'",
  );
  for (const path of ["/embed", "/widget.js", "/embed/try"])
    expect((await get(`${FOUNDRY}${path}`)).status).toBe(404);
});

test("the loader knows its app, whatever that is called, and caches keep it for five minutes, then by its tag", async () => {
  const script = await get(`${app.url}/widget.js`);
  expect(script.headers.get("content-type")).toContain("text/javascript");
  expect(script.headers.get("cache-control")).toContain("max-age=300");
  expect(script.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  expect(script.headers.get("access-control-allow-origin")).toBe("*");
  const text = await script.text();
  expect(text).not.toContain("<b>");
  const [, literal = ""] = /^begin\(JSON\.parse\((".*")\)\)$/.exec(text) ?? [];
  expect(JSON.parse(JSON.parse(literal))).toEqual({ origin: app.url, name: app.name, colour: "#0f766e" });
  const etag = script.headers.get("etag") ?? "";
  expect((await get(`${app.url}/widget.js`, { "if-none-match": etag })).status).toBe(304);
  expect((await get(`${app.url}/widget.js`, { "if-none-match": '"other"' })).status).toBe(200);

  const tried = await (
    await get(`${app.url}/embed/try?position=left&greeting="><script>x</script>&onload=x`)
  ).text();
  expect(tried).toContain('data-position="left"');
  expect(tried).not.toContain("<script>x");
  expect(tried).not.toContain("onload");

  const draft = await makeApp(owner, "Draft");
  expect((await get(`${draft.url}/widget.js`)).status).toBe(404);
  const gone = await makeApp(owner, "Gone");
  await goLive(gone.enterprise_id);
  await call(`/api/apps/${gone.enterprise_id}/unpublish`, { method: "POST", token: owner.token });
  expect(await (await get(`${gone.url}/widget.js`)).text()).toMatch(/^\/\*.*\*\/\n$/);
});

const guestFrom = (origin: string, of = app) =>
  call("/api/identity/guest", { at: of.url, json: { enterprise_id: of.enterprise_id }, headers: { origin } });

test("T10 a page of an allowed origin has a guest chat by token alone: it may read answers and open sockets, others may not", async () => {
  await change({ origins: [SHOP] });
  const made = await guestFrom(SHOP);
  expect([made.status, made.headers.get("access-control-allow-origin")]).toEqual([200, SHOP]);
  expect(made.headers.get("set-cookie")).toBeNull();
  const { session_token: token, user_id } = made.body as VisitorSession;
  expect(codeOf(await guestFrom(EVIL))).toBe("WRONG_ORIGIN");
  const closed = await makeApp(owner, "No guests");
  await goLive(closed.enterprise_id);
  await change({ origins: [SHOP] }, closed);
  expect(codeOf(await guestFrom(SHOP, closed))).toBe("NOT_FOUND");

  const at = app.url;
  const start = `/api/chats/${app.enterprise_id}/${GREETER.name}/start`;
  const paths = ["/api/site", `/api/workflows?enterprise_id=${app.enterprise_id}`];
  for (const [origin, shown] of [
    [SHOP, SHOP],
    [EVIL, null],
    [`${SHOP}.evil.example`, null],
    ["null", null],
  ] as const) {
    const cors = ({ headers }: { headers: Headers }) => headers.get("access-control-allow-origin");
    for (const path of paths) expect(cors(await call(path, { at, token, headers: { origin } }))).toBe(shown);
    const asked = await call(start, { at, method: "OPTIONS", headers: { origin } });
    expect([cors(asked), asked.headers.get("access-control-allow-headers")]).toEqual([
      shown,
      shown && "content-type, authorization, idempotency-key",
    ]);
    expect(asked.headers.get("access-control-allow-credentials")).toBeNull();
  }
  // What no chat needs is not told to other sites, and their visitors' cookies count nowhere.
  const me = await call("/api/me", { at, token, headers: { origin: SHOP } });
  expect(me.headers.get("access-control-allow-origin")).toBeNull();
  const cookie = await cookieOf(at);
  expect(codeOf(await call(start, { at, json: {}, headers: { origin: SHOP, cookie } }))).toBe("WRONG_ORIGIN");

  const chat = (await call(start, { at, token, json: {}, headers: { origin: SHOP } })).body as {
    chat_id: string;
  };
  const socket = `/ws/${GREETER.name}/${app.enterprise_id}/${chat.chat_id}/${user_id}`;
  const open = async (headers: Record<string, string>) => {
    const upgrade = { upgrade: "websocket", ...headers };
    const { status, webSocket } = await worker.fetch(new Request(`${at}${socket}`, { headers: upgrade }));
    webSocket?.accept();
    webSocket?.close(1000);
    return status;
  };
  const bearer = btoa(token).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const shows = { "sec-websocket-protocol": `mozaiks.bearer.v1, ${bearer}` };
  expect(await open({ origin: EVIL, ...shows })).toBe(403);
  expect(await open({ origin: SHOP, ...shows })).toBe(101);
  const tab = await joinAs({ token }, `/a/${app.slug}${socket}`);
  expect((await tab.say("Hello")).at(-1)?.type).toBe("chat.run_complete");
});

test("a chat token is enough to see what an app offers and to send a file, in its own app and chat alone", async () => {
  const key = (
    await call(`/api/apps/${app.enterprise_id}/keys`, {
      token: owner.token,
      json: { name: "Host", scopes: ["chat:impersonate"] },
    })
  ).body as { key: string };
  const other = await makeApp(owner, "Other");
  await goLive(other.enterprise_id);
  const tokenFor = async (json: object) =>
    (
      (
        await call("/api/chats/token", {
          token: key.key,
          json: { enterprise_id: app.enterprise_id, external_id: "7", ...json },
        })
      ).body as { access_token: string }
    ).access_token;
  const token = await tokenFor({});
  const at = app.url;
  const workflows = (enterprise_id: string) =>
    call(`/api/workflows?enterprise_id=${enterprise_id}`, { at, token });
  expect((await workflows(app.enterprise_id)).status).toBe(200);
  expect((await workflows(other.enterprise_id)).status).toBe(404);
  const start = () =>
    call(`/api/chats/${app.enterprise_id}/${GREETER.name}/start`, { at, token, json: { force_new: true } });
  const [mine, second] = await Promise.all([start(), start()]);
  const chatOf = (it: typeof mine) => (it.body as { chat_id: string }).chat_id;
  const upload = async (chat_id: string, by: string, enterprise_id = app.enterprise_id) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ enterprise_id, chat_id })) form.set(name, value);
    form.set("file", new File(["Hello"], "a.txt", { type: "text/plain" }));
    const headers = { authorization: `Bearer ${by}` };
    return (await worker.fetch(new Request(`${at}/api/chat/upload`, { method: "POST", headers, body: form })))
      .status;
  };
  const tied = await tokenFor({ chat_id: chatOf(mine) });
  expect(await upload(chatOf(mine), token)).toBe(201);
  expect(await upload(chatOf(mine), tied)).toBe(201);
  expect(await upload(chatOf(second), tied)).toBe(404);
  expect(await upload(chatOf(mine), token, other.enterprise_id)).toBe(404);
});

/** Somebody of the app, by the cookie that its own pages have. */
async function cookieOf(at: string): Promise<string> {
  const json = { email: "cookie@example.com", password: "correct horse", name: "C" };
  const answer = await call("/api/auth/sign-up/email", { at, json, headers: { origin: at } });
  return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}
