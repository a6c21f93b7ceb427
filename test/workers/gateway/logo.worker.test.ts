import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { jpegOf, latin, pngOf, webpOf } from "#test/support/pictures";
import { compose } from "#workers/compose";
import { appAt } from "#workers/gateway/app-at";
import { dressPage } from "#workers/gateway/dress-page";
import { call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp, worker } from "./client.ts";
import { goLive } from "./greeter.ts";
import { sendFile } from "./send-file.ts";
import { takeOn } from "./take-on.ts";

let owner: Person;
let editor: Person;
let stranger: Person;
let acme: MadeApp;
let other: MadeApp;
beforeAll(async () => {
  await migrate();
  [owner, editor, stranger] = await Promise.all([signUp(), signUp(), signUp()]);
  [acme, other] = await Promise.all([makeApp(owner, "Acme"), makeApp(stranger, "Other")]);
  await takeOn(owner, acme.enterprise_id, editor, "editor");
  await Promise.all([goLive(acme.enterprise_id), goLive(other.enterprise_id)]);
});

const at = (app: MadeApp) => `/api/apps/${app.enterprise_id}/logo`;
const send = (bytes: Uint8Array | string, name = "logo.png", by = owner, app = acme) =>
  sendFile(at(app), by, { name, bytes, type: "image/png" });
const remove = (by = owner) => call(at(acme), { method: "DELETE", token: by.token });
const kept = async (app = acme) =>
  (await env.FILES.list({ prefix: `enterprises/${app.enterprise_id}/logo/` })).objects.map((it) => it.key);
const siteOf = async (app: MadeApp) =>
  (await call("/api/site", { at: app.url })).body as { logo: string | null };
/** The built page isn't there in these tests: its head, as the gateway dresses it for an app. */
async function dressed({ slug }: MadeApp): Promise<string> {
  const html = '<head><link rel="icon" href="/favicon.svg" type="image/svg+xml" /></head>';
  const page = new Response(html, { headers: { "content-type": "text/html" } });
  const found = await appAt(compose(env).db, { kind: "app", slug, prefix: "", cookies: true });
  if (!found) throw new Error(`no app at ${slug}`);
  return dressPage(page, found.app).text();
}
const codeAt = async (path: string, ask: Parameters<typeof call>[1]) => codeOf(await call(path, ask));

test("T55 a picture is the app's logo wherever its people see it, with headers that let nothing in it run", async () => {
  const picture = pngOf(512, 512);
  const set = await send(picture);
  const { logo } = set.body as { logo: string };
  expect(set.status).toBe(200);
  expect((await call(`/api/apps/${acme.enterprise_id}`, { token: editor.token })).body).toMatchObject({
    logo,
  });
  const { logo: shown } = await siteOf(acme);
  for (const [address, token] of [
    [`http://localhost:8787${logo}`, editor.token],
    [`${acme.url}${shown}`, null],
    [`http://localhost:8787/a/${acme.slug}${shown}`, null],
  ] as const) {
    const headers = token ? { authorization: `Bearer ${token}` } : undefined;
    const answer = await worker.fetch(new Request(address, { headers }));
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(picture);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/png",
      "content-disposition": expect.stringMatching(/^attachment; filename="logo_\w+\.png"$/),
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": `${token ? "private" : "public"}, max-age=31536000, immutable`,
      "cross-origin-resource-policy": token ? "same-origin" : "cross-origin",
    });
  }
  const page = await dressed(acme);
  expect(page).toContain(`<link rel="icon" href="${shown}" type="image/png"`);
  expect(page).toContain(`<link rel="apple-touch-icon" href="${shown}"`);
  const manifest = await call("/manifest.webmanifest", { at: acme.url });
  expect(JSON.parse(String(manifest.body)).icons[0]).toEqual({
    ...{ src: shown, sizes: "512x512", type: "image/png", purpose: "any" },
  });
});

test("T58 what is no PNG, JPEG or WebP by its bytes is refused, whatever it is called; so is what is too large", async () => {
  await remove();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`;
  for (const bytes of [
    ...[
      svg,
      `<?xml version="1.0"?>${svg}`,
      "<html><script>alert(1)</script>",
      "GIF89a<script>",
      "%PDF-1.7",
      "",
    ],
    ...["hello", pngOf(9, 9).slice(0, 20), pngOf(0, 9), latin("\xff\xd8\xff<script>")],
  ])
    expect([bytes, codeOf(await send(bytes))]).toEqual([bytes, "UNSUPPORTED_FILE"]);
  const big = new Uint8Array(512 * 1024 + 1);
  big.set(pngOf(512, 512));
  for (const bytes of [big, pngOf(2_049, 16), jpegOf(16, 2_049), webpOf("VP8X", 16_000, 16)]) {
    const refused = await send(bytes);
    expect([refused.status, codeOf(refused)]).toEqual([413, "TOO_LARGE"]);
  }
  expect(await kept()).toEqual([]);
  expect((await siteOf(acme)).logo).toBeNull();
  for (const bytes of [pngOf(2_048, 16), jpegOf(64, 64), webpOf("VP8L", 64, 64), big.slice(0, 512 * 1024)])
    expect((await send(bytes, "evil.svg")).status).toBe(200);
  // A picture that is a page behind its head is served as the picture alone.
  const both = new Uint8Array([...pngOf(64, 64), ...latin("<script>alert(1)</script>")]);
  const { logo } = (await send(both, "page.html")).body as { logo: string };
  const answer = await call(logo, { token: owner.token });
  expect(answer.headers.get("content-type")).toBe("image/png");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
});

test("another app has nothing of it, editors may look, and nobody else sets it; each deed has its row", async () => {
  const { logo } = (await send(jpegOf(300, 200))).body as { logo: string };
  const { logo: shown } = await siteOf(acme);
  const name = logo.split("/").at(-1);
  const foreign = `/api/apps/${other.enterprise_id}/logo/${name}`;
  expect(await codeAt(logo, { token: stranger.token })).toBe("NOT_FOUND");
  expect(await codeAt(foreign, { token: stranger.token })).toBe("NOT_FOUND");
  expect(codeOf(await send(pngOf(9, 9), "a.png", stranger))).toBe("NOT_FOUND");
  for (const place of [other.url, "http://localhost:8787", `http://localhost:8787/a/${other.slug}`])
    expect(await codeAt(shown ?? "", { at: place })).toBe("NOT_FOUND");
  expect(codeOf(await send(pngOf(9, 9), "a.png", editor))).toBe("FORBIDDEN");
  expect(codeOf(await remove(editor))).toBe("FORBIDDEN");
  expect((await call(logo, { token: editor.token })).status).toBe(200);
  // Not as wide as it is high: no picture for a home screen.
  const manifest = JSON.parse(String((await call("/manifest.webmanifest", { at: acme.url })).body));
  expect(manifest.icons[0].src).toBe("/icon.svg");
  const log = await call(`/api/apps/${acme.enterprise_id}/audit?action=app&limit=3`, { token: owner.token });
  expect(log.body).toMatchObject({
    items: [
      { action: "app.remove_logo", outcome: "FORBIDDEN" },
      { action: "app.set_logo", outcome: "FORBIDDEN" },
      { action: "app.set_logo", outcome: "done", details: { type: "image/jpeg", size: "300 × 200" } },
    ],
  });
});

test("a new one takes the place of the one before, letters come back, and an app that goes takes it along", async () => {
  const first = (await send(pngOf(200, 200))).body as { logo: string };
  const second = (await send(pngOf(200, 200))).body as { logo: string };
  expect(second.logo).not.toBe(first.logo);
  expect(await codeAt(first.logo, { token: owner.token })).toBe("NOT_FOUND");
  expect(await kept()).toHaveLength(1);
  // One that a cut replacement left behind is nobody's any more.
  await env.FILES.put(`enterprises/${acme.enterprise_id}/logo/logo_left.png`, "x");
  expect(await codeAt(`${at(acme)}/logo_left.png`, { token: owner.token })).toBe("NOT_FOUND");
  await env.FILES.delete(`enterprises/${acme.enterprise_id}/logo/logo_left.png`);
  expect((await remove()).body).toEqual({ logo: null });
  expect((await remove()).status).toBe(200);
  expect(await kept()).toEqual([]);
  expect(await dressed(acme)).toContain('<link rel="icon" href="/icon.svg"');
  await send(pngOf(200, 200), "a.png", stranger, other);
  expect(await kept(other)).toHaveLength(1);
  await call(`/api/apps/${other.enterprise_id}`, { method: "DELETE", token: stranger.token });
  expect(await kept(other)).toEqual([]);
});
